import { type commonOptions, flagOf, optionsOf } from "./common-options";
import type { CommandDeclaration, Format, OptionDeclaration, OptionValue, ValuesOf } from "./define";
import { quoted } from "./quoted";
import { programLine } from "./help";

/** What the operator asked for: the options that rooms shared by the commands act on. Commands add their own. */
export interface Request extends ValuesOf<typeof commonOptions> {
  readonly command: string;
  /** Every command, for the hints that name another one. */
  readonly commands: readonly CommandDeclaration[];
}

/**
 * The command line that asks for the same again with some changes, or for another command in the same environment. To what the operator has
 * agreed for one command, such as `--yes`, is not agreed for another: without a terminal, that one shows what it would do, and names the option.
 */
export function commandLine<Asked extends Request>(request: Asked, change: Partial<Asked> = {}): string {
  const name = change.command ?? request.command;
  const command = request.commands.find((known) => known.name === name);
  if (command === undefined) throw new Error(`there is no command "${name}"`);
  const { env, rehearse, runId, installTools, toolsMirror } = request;
  // The other one runs for the same pipeline, on the same machine.
  const kept = name === request.command ? request : { env, rehearse, runId, installTools, toolsMirror };
  // An interface has no index signature, but all of these are options.
  const wanted = { ...kept, ...change } as Readonly<Record<string, OptionValue>>;
  const options = Object.entries(optionsOf(command)).flatMap(([key, option]) =>
    // A rehearsal never asks.
    key === "yes" && rehearse ? [] : written(option, wanted[key]),
  );
  return [programLine, ...word(command, rehearse), ...options].join(" ");
}

/** What the command does with an environment, for `Cannot <verb> "dev"`. */
export function verbOf({ command, commands }: Pick<Request, "command" | "commands">): string {
  return commands.find(({ name }) => name === command)?.verb ?? command;
}

/** Whether nothing but a document may be printed, because a program reads it; one that goes to a file is not printed. */
export function printsDocument({ command, commands, format, out }: Request): boolean {
  if (commands.some(({ name, prints }) => name === command && prints === "result")) return true;
  return out === undefined && documentFormats.includes(format);
}

const documentFormats: readonly Format[] = ["yaml", "json", "sarif", "markdown"];

/** A command is not named where it is meant anyway. */
function word({ name, implied }: CommandDeclaration, rehearse: boolean): readonly string[] {
  return implied === (rehearse ? "with --rehearse" : "without --rehearse") ? [] : [name];
}

function written(option: OptionDeclaration, value: OptionValue): readonly string[] {
  const flag = flagOf(option);
  if (value === undefined || value === false || value === option.ifAbsent) return [];
  if (value === true) return [flag];
  // As its own argument it would be read as an option.
  return [value]
    .flat()
    .flatMap((item) => (item.startsWith("-") ? [`${flag}=${quoted(item)}`] : [flag, quoted(item)]));
}
