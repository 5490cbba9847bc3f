import { CommanderError } from "commander";
import { commandFirst } from "./command-first";
import { commonOptions } from "./common-options";
import type { CommandDeclaration, OptionDeclarations, OptionValue, ValuesOf } from "./define";
import { type Parsed, programOf } from "./program";
import type { Request } from "./request";
import { usageError } from "./usage-error";

/** What the command line means: something to do, or a text to print. */
export type Reading<Command> =
  { readonly command: Command; readonly request: Request } | { readonly text: string };

/** Reads the arguments, options before or after the command; throws `UserError` if they are invalid. */
export function readArguments<Command extends CommandDeclaration>(
  commands: readonly Command[],
  args: readonly string[],
  columns = Infinity,
): Reading<Command> {
  const ordered = commandFirst(commands, args);
  let text = "";
  let parsed: Parsed<Command> | undefined;
  const program = programOf(commands, {
    columns,
    named: ordered.args[0],
    print: (printed) => (text += printed),
    found: (found) => (parsed = found),
  });
  try {
    program.parse(ordered.args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text: text.trimEnd() };
    const lacking = lackingArgument(commands, ordered.named, error);
    if (lacking !== undefined) throw usageError(lacking, ordered.named);
    const fault = error.message.replace(/^error: |\.$/g, "").replaceAll("'", '"');
    throw usageError(fault, ordered.named);
  }
  // Without an error, commander has called the action of a command.
  if (parsed === undefined) throw new Error("no command was found");
  return { command: parsed.command, request: requestOf(commands, parsed) };
}

/** What is missing after a command that takes a word; commander only knows the option that it stands for. */
function lackingArgument(
  commands: readonly CommandDeclaration[],
  named: string | undefined,
  { code, message }: CommanderError,
): string | undefined {
  const { argument, options = {} } = commands.find(({ name }) => name === named) ?? {};
  if (argument === undefined || code !== "commander.missingMandatoryOptionValue") return undefined;
  const flags = options[argument]?.flags ?? "";
  if (!message.includes(flags)) return undefined;
  return `"${named ?? ""}" must be followed by ${options[argument]?.choices?.join(" or ") ?? flags.split(" ")[1] ?? ""}`;
}

function requestOf(
  commands: readonly CommandDeclaration[],
  { command, given: { json, ...given } }: Parsed<CommandDeclaration>,
): Request {
  const rehearse = command.uses.rehearsal === "always" || given["rehearse"] === true;
  return {
    ...ifAbsent(commonOptions),
    ...ifAbsent(command.options),
    ...given,
    ...(json === true ? { format: "json" } : {}),
    rehearse,
    // A rehearsal never asks: what it could lose is simulated.
    yes: rehearse || given["yes"] === true,
    command: command.name,
    commands,
  };
}

function ifAbsent<Options extends OptionDeclarations>(options: Options): ValuesOf<Options> {
  const values = Object.entries(options).map(([name, option]): [string, OptionValue] => [
    name,
    option.ifAbsent,
  ]);
  // Each value is what its own declaration gives.
  return Object.fromEntries(values) as ValuesOf<Options>;
}
