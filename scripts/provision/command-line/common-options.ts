import type { CommandDeclaration, Format, OptionDeclaration, OptionDeclarations } from "./define";
import { option } from "./option";

const text: OptionDeclaration<Format> = option.format("text");

/** Options that more than one command has, or that the rooms below `commands/` act on. */
export const commonOptions = {
  env: option.required("--env <name|path>", "environment: a file in configs/ by its name, or a path"),
  rehearse: option.flag(
    "--rehearse",
    "run in a simulated account on this machine: no credentials, no questions",
  ),
  faults: option.value(
    "--faults <file>",
    "with --rehearse: failures and delays of the simulated account, as YAML or JSON",
  ),
  only: option.list("--only <layer>", "this layer only"),
  from: {
    ...option.value("--from <layer>", "from this layer on, in the order of apply"),
    conflicts: ["only"],
  },
  until: {
    ...option.value("--until <layer>", "up to and including this layer, in the order of apply"),
    conflicts: ["only"],
  },
  yes: option.flag("--yes", "ask no questions"),
  allowDataLoss: option.list(
    "--allow-data-loss <layer>",
    "with --yes: data of this layer, or the network of others, may be lost",
  ),
  tainted: option.choice(
    "--tainted <keep|replace>",
    "objects whose creation an earlier run did not see end, and that AWS calls healthy: keep or replace them, without a question",
    ["keep", "replace"],
  ),
  adoptStateBucket: option.flag(
    "--adopt-state-bucket",
    "take over a state bucket that exists and belongs to this environment, and its key",
  ),
  runId: option.value(
    "--run-id <id>",
    "share the environment's lock with other jobs of a pipeline that give the same; default: PROVISION_RUN_ID",
  ),
  timings: option.value("--timings <file>", "write how long each Terraform command took, as JSON"),
  allowDebugLog: option.flag(
    "--allow-debug-log",
    "with TF_LOG=DEBUG or TRACE: also layers with secrets, without the contents of their requests",
  ),
  installTools: option.flag(
    "--install-tools",
    "without a Terraform that can be used, fetch OpenTofu into your cache folder, and use that",
  ),
  toolsMirror: option.value(
    "--tools-mirror <url>",
    "fetch OpenTofu from here instead of GitHub; default: PROVISION_TOOLS_MIRROR",
  ),
  verbose: option.flag(
    "--verbose",
    "in a rehearsal, print every plan instead of one line for each layer, as a real run does",
  ),
  format: text,
  plan: {
    ...option.value("--plan <file>", "apply exactly the plans in this file, which plan --save wrote"),
    conflicts: ["only", "from", "until"],
  },
  save: option.value(
    "--save <file>",
    "save the plans for apply --plan, also on another machine; the file contains secrets, keep it as one",
  ),
  out: option.value("--out <file>", "write the plan to this file, in that format; the screen stays as it is"),
};

const newEnvironment = option.required("--env <name>", "name of the new environment");
const json = { ...option.flag("--json", "same as --format json"), conflicts: ["format"] };

/** The part of an option that is typed: `--only`. */
export function flagOf({ flags }: Pick<OptionDeclaration, "flags">): string {
  return flags.split(" ")[0] ?? flags;
}

const known = new WeakMap<CommandDeclaration, OptionDeclarations>();

/** Every option of a command, in the order of its help. */
export function optionsOf(command: CommandDeclaration): OptionDeclarations {
  const options = known.get(command) ?? allOptions(command);
  known.set(command, options);
  return options;
}

function allOptions({ uses, options }: CommandDeclaration): OptionDeclarations {
  const { rehearse, faults, only, from, until, yes, runId, timings } = commonOptions;
  const { allowDebugLog, installTools, toolsMirror } = commonOptions;
  const { environment = "required" } = uses;
  return {
    ...environmentOption(environment),
    ...(uses.rehearsal === "no" ? {} : { rehearse, faults }),
    ...(uses.selection === "range" ? { only, from, until } : {}),
    ...(typeof uses.selection === "object" ? { only: { ...only, summary: uses.selection.summary } } : {}),
    ...(uses.asks === true ? { yes } : {}),
    ...options,
    ...(uses.changes === true ? { runId } : {}),
    ...(options["format"]?.choices?.includes("json") ? { json } : {}),
    ...(uses.terraform ? { installTools, toolsMirror, timings } : {}),
    ...(uses.terraform && uses.rehearsal !== "always" ? { allowDebugLog } : {}),
  };
}

function environmentOption(environment: CommandDeclaration["uses"]["environment"]): OptionDeclarations {
  if (environment === "none") return {};
  if (environment === "optional") return { env: { ...commonOptions.env, required: false } };
  return { env: environment === "new" ? newEnvironment : commonOptions.env };
}
