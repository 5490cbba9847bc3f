import { Argument, Command, CommanderError, Option } from "commander";
import { UserError } from "../../../lib/errors";
import { helpText } from "./help";
import { offlineCommands } from "./offline-commands";
import { type CommandName, commands, type Request } from "./request";

/** What the command line turned out to mean: something to do, or a text to print. */
export type Reading = { readonly request: Request } | { readonly text: string };

/** Reads the command line, without the two words that started it; throws `UserError` when it makes no sense. */
export function readArguments(words: readonly string[]): Reading {
  let text = "";
  const program = commandLineProgram((printed) => {
    text += printed;
  });
  try {
    program.parse([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text: text.trimEnd() };
    const fault = error.message.replace(/^error: /, "").replaceAll("'", '"');
    throw usageError(fault);
  }
  return { request: toRequest(program.args[0], program.opts()) };
}

/** Options as commander names them; it leaves out what was not given. */
type Given = Partial<Omit<Request, "command" | "fullCycle">> & Pick<Request, "env">;

const several = (layers: string, earlier: readonly string[] = []) => [...earlier, ...layers.split(",")];

function commandLineProgram(print: (text: string) => void): Command {
  const { about, more, command, options } = helpText;
  const program = new Command("provision")
    .description(about)
    .addArgument(new Argument("[command]", command).choices([...commands]))
    .requiredOption("--env <name|path>", options.env)
    .option("--rehearse", options.rehearse)
    .option("--yes", options.yes)
    .option("--only <layer>", options.only, several)
    .addOption(new Option("--from <layer>", options.from).conflicts("only"))
    .addOption(new Option("--until <layer>", options.until).conflicts("only"))
    .option("--confirm <name>", options.confirm)
    .option("--allow-data-loss <layer>", options.allowDataLoss, several)
    .option("--adopt-state-bucket", options.adoptStateBucket)
    .option("--detailed-exitcode", options.detailedExitcode)
    .option("--json", options.json)
    .option("--out <folder>", options.out)
    .addOption(new Option("--format <format>", options.format).choices(["table", "json", "sarif"]))
    .option("--recovery-point <arn>", options.recoveryPoint)
    .option("--timings <file>", options.timings)
    .helpOption("-h, --help", "print this")
    .addHelpText("after", more)
    .configureHelp({ helpWidth: 110 })
    .configureOutput({ writeOut: print, writeErr: print })
    .exitOverride();
  return program;
}

/** Options that mean something to some commands only. */
const belongsTo: readonly (readonly [option: keyof Given, flag: string, ...commands: CommandName[]])[] = [
  ["confirm", "--confirm", "destroy"],
  ["detailedExitcode", "--detailed-exitcode", "plan"],
  ["json", "--json", "outputs", "capacity"],
  ["out", "--out", "export"],
  ["format", "--format", "policy"],
  ["recoveryPoint", "--recovery-point", "restore"],
];

const unlessGiven = {
  rehearse: false,
  yes: false,
  only: [],
  allowDataLoss: [],
  adoptStateBucket: false,
  detailedExitcode: false,
  json: false,
};

function toRequest(word: string | undefined, given: Given): Request {
  const command = commands.find((name) => name === word) ?? "apply";
  const request: Request = {
    ...unlessGiven,
    ...given,
    command,
    fullCycle: given.rehearse === true && word === undefined,
  };
  assertFitting(request);
  // A rehearsal never asks: what it could lose is made up.
  return { ...request, yes: request.yes || request.rehearse };
}

function assertFitting(request: Request): void {
  const { command, only, from, until, out, rehearse } = request;
  for (const [option, flag, ...owners] of belongsTo) {
    if (request[option] && !owners.includes(command))
      throw usageError(`${flag} belongs to ${owners.map((owner) => `"${owner}"`).join(" and ")}`);
  }
  if (command === "export" && out === undefined) throw usageError('"export" needs --out <folder>');
  if (command === "restore") assertOneRestorable(request);
  if (command === "tunnel") assertTunnels(request);
  const partial = only.length > 0 || from !== undefined || until !== undefined;
  if (command === "databases" && (partial || rehearse))
    throw usageError('"databases" works on the real ones: leave out --rehearse, --only, --from and --until');
  if (!offlineCommands.includes(command)) return;
  if (partial) throw usageError(`"${command}" reads every layer: leave out --only, --from and --until`);
  if (rehearse) throw usageError(`"${command}" runs nothing: leave out --rehearse`);
}

function assertOneRestorable({ only, from, until, rehearse }: Request): void {
  const [layer = ""] = only;
  const one = only.length === 1 && ["aurora", "efs"].includes(layer);
  if (!one || from !== undefined || until !== undefined)
    throw usageError('"restore" needs --only aurora or --only efs, and neither --from nor --until');
  if (rehearse) throw usageError('"restore" reads real backups: leave out --rehearse');
}

function assertTunnels({ only, from, until, rehearse }: Request): void {
  const known = only.every((layer) => ["eks", "aurora"].includes(layer));
  if (!known || from !== undefined || until !== undefined)
    throw usageError('"tunnel" leads to eks and aurora: choose one with --only, or leave the layers out');
  if (rehearse) throw usageError('"tunnel" opens real sessions: leave out --rehearse');
}

function usageError(fault: string): UserError {
  return new UserError(
    `Cannot read the command line: ${fault}`,
    "Run: npx ts-node scripts/provision.ts --help",
  );
}
