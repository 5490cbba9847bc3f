import type { CommandDeclaration } from "./define";
import { wrapText } from "../../../lib/wrap";
import { exitCodeTexts } from "./exit-codes";

/** How the product is started; every line that an operator may copy begins with it. */
export let programLine = "npx ts-node scripts/provision.ts";

/** Lets these lines begin as this process was started, because in another folder there is no scripts/provision.ts. */
export function startedAs(line: string): void {
  programLine = line;
}

const about = [
  "Takes one environment file through synth, init, plan and apply, layer by layer, with your own Terraform.",
  "Every plan is written to a file, shown, and applied exactly as shown.",
].join("\n");

const withoutCommand =
  "Without a command, it applies; with --rehearse and without a command, it rehearses. The options above are those of apply. The options of another command, and the version:";

const facts = `Ctrl-C:
  once     the running Terraform command finishes; nothing new starts
  twice    Terraform is asked to stop; what it was creating may have to be created again
  thrice   Terraform is killed; its state may be lost

Logs: .provision/logs/<environment>/<time>/<layer>.log, readable by you alone.
Plans: .provision/<environment>/plans/<layer>.txt, likewise.

Environment:
  TERRAFORM_BINARY_NAME   program to use instead of terraform, 1.11.0 or later
  PROVISION_TOOLS_MIRROR  server that --install-tools fetches from, default https://github.com/opentofu/opentofu/releases/download
  NO_COLOR                print without colours; FORCE_COLOR=1 prints them in a pipe, too
  CI=true, TERM=dumb      print whole lines only, e.g. for a screen reader; nothing is drawn and erased`;

/** The parts of `--help` that commander does not write, for a terminal of so many columns. */
export function helpTexts(commands: readonly CommandDeclaration[], columns: number) {
  return {
    about,
    afterProgram: () =>
      [
        "",
        wrapText(withoutCommand, columns, 0),
        `  ${programLine} <command> --help`,
        `  ${programLine} --version`,
        "",
        exampleLines(
          commands.flatMap(({ examples }) => examples.slice(0, 1)),
          columns,
        ),
        "",
        facts,
        "",
        exitCodeLines(exitCodeTexts),
      ].join("\n"),
    after: ({ examples, exits = {} }: CommandDeclaration) => {
      const special = Object.entries(exits).map(([code, meaning]) => [Number(code), meaning] as const);
      return [
        "",
        exampleLines(examples, columns),
        ...(special.length > 0 ? ["", exitCodeLines(special)] : []),
      ].join("\n");
    },
  };
}

/** Each purpose beside its command, or, where one of them does not fit, all below. */
function exampleLines(examples: CommandDeclaration["examples"], columns: number): string {
  const width = Math.max(...examples.map(([args]) => args.length));
  const beside = examples.map(([args, purpose]) => `  ${programLine} ${args.padEnd(width)}  ${purpose}`);
  const below = examples.map(
    ([args, purpose]) => `${continuedLines(`  ${programLine} ${args}`, columns)}\n      ${purpose}`,
  );
  return ["Examples:", ...(beside.every((line) => line.length <= columns) ? beside : below)].join("\n");
}

/** A command that is still one when it is copied; a terminal would break it inside an option. */
function continuedLines(command: string, columns: number): string {
  if (command.length <= columns) return command;
  const [start = "", ...options] = command.split(/ (?=--|[>|])/);
  const lines = [start];
  for (const option of options) {
    const longer = `${lines.at(-1) ?? ""} ${option}`;
    // Two more for the sign that it continues.
    if (longer.length + 2 <= columns) lines.splice(-1, 1, longer);
    else lines.push(`    ${option}`);
  }
  return lines.join(" \\\n");
}

function exitCodeLines(codes: typeof exitCodeTexts): string {
  return ["Exit codes:", ...codes.map(([code, meaning]) => `  ${String(code).padStart(2)}  ${meaning}`)].join(
    "\n",
  );
}
