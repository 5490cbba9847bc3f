import { parseArgs } from "node:util";
import { suggestion } from "../../../lib/suggestions";
import { flagOf, optionsOf } from "./common-options";
import type { CommandDeclaration, OptionDeclaration } from "./define";
import { usageError, usageErrorWith } from "./usage-error";

type OptionToken = Extract<ReturnType<typeof tokensOf>[number], { readonly kind: "option" }>;

/** Arguments as commander reads them, and the command that they name. */
interface Ordered {
  readonly args: readonly string[];
  /** Undefined when the command is implied. */
  readonly named: string | undefined;
}

const versionFlags = ["--version", "-V"];

/** Puts the command in front of its options, where commander looks for it; throws what commander would not notice. */
export function commandFirst(commands: readonly CommandDeclaration[], args: readonly string[]): Ordered {
  const tokens = tokensOf(commands, args);
  const given = tokens.filter((token) => token.kind === "option");
  assertKnown(commands, given);
  const [word, second, third] = tokens.filter((token) => token.kind === "positional");
  if (word === undefined && given.some(({ name }) => name === "version"))
    return commandFirst(commands, ["version", ...args.filter((arg) => !versionFlags.includes(arg))]);
  if (word?.value === "help") return helpFor(commands, second?.value);
  if (word === undefined && given.some(({ name }) => name === "help")) return helpFor(commands, undefined);
  const command = word === undefined ? impliedCommand(commands, given) : commandNamed(commands, word.value);
  const argument = command.argument === undefined ? undefined : command.options[command.argument];
  const extra = argument === undefined ? second : third;
  if (extra !== undefined)
    throw usageError(`unexpected argument "${extra.value}" after "${command.name}"`, word?.value);
  const named = word?.value;
  assertFits(commands, { command, named }, given);
  const others = args.filter((_, index) => index !== word?.index && index !== second?.index);
  const value = argument === undefined || second === undefined ? [] : [flagOf(argument), second.value];
  return { named, args: [command.name, ...others, ...value] };
}

/** `help plan` is `plan --help`; `help help` is `help`. */
function helpFor(commands: readonly CommandDeclaration[], word: string | undefined): Ordered {
  if (word === undefined || word === "help") return { named: undefined, args: ["--help"] };
  return { named: word, args: [commandNamed(commands, word).name, "--help"] };
}

function tokensOf(commands: readonly CommandDeclaration[], args: readonly string[]) {
  const types = commands.flatMap(declared).map((option) => {
    const type = option.kind === "flag" ? ("boolean" as const) : ("string" as const);
    return [flagOf(option).slice("--".length), { type }] as const;
  });
  const help = { type: "boolean", short: "h" } as const;
  const version = { type: "boolean", short: "V" } as const;
  const options = { ...Object.fromEntries(types), help, version };
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function declared(command: CommandDeclaration): readonly OptionDeclaration[] {
  return Object.values(optionsOf(command));
}

function assertKnown(commands: readonly CommandDeclaration[], given: readonly OptionToken[]): void {
  const flags = [...commands.flatMap(declared).map(flagOf), "--help", "--version"];
  const unknown = given.find(({ rawName }) => !["-h", "-V", ...flags].includes(rawName));
  if (unknown !== undefined)
    throw usageError(`unknown option "${unknown.rawName}"`, undefined, suggestion(unknown.rawName, flags));
}

function commandNamed(commands: readonly CommandDeclaration[], word: string): CommandDeclaration {
  const names = [...commands.map(({ name }) => name), "help"];
  const command = commands.find(({ name }) => name === word);
  if (command !== undefined) return command;
  throw usageError(`unknown command "${word}"`, undefined, suggestion(word, names));
}

function impliedCommand(
  commands: readonly CommandDeclaration[],
  given: readonly OptionToken[],
): CommandDeclaration {
  const when = given.some(({ rawName }) => rawName === "--rehearse")
    ? "with --rehearse"
    : "without --rehearse";
  const command = commands.find(({ implied }) => implied === when);
  if (command === undefined) throw new Error(`no command is implied ${when}`);
  return command;
}

/** Throws unless each option belongs to the command, has a value if it takes one, and is not given twice. */
function assertFits(
  commands: readonly CommandDeclaration[],
  { command, named }: { readonly command: CommandDeclaration; readonly named: string | undefined },
  given: readonly OptionToken[],
): void {
  const seen = new Set<string>();
  for (const { name, rawName, value, inlineValue } of given.filter(({ name }) => name !== "help")) {
    const option = declared(command).find((own) => flagOf(own) === rawName);
    if (option === undefined) throw optionOfOtherCommand(commands, command, rawName);
    if (option.kind === "flag" && inlineValue) throw usageError(`option "${rawName}" takes no value`, named);
    // As commander reads it, "--env --yes" would be the environment "--yes".
    if (option.kind !== "flag" && !inlineValue && (value === undefined || value.startsWith("-")))
      throw usageError(`option "${option.flags}" has no value`, named);
    if (option.kind !== "flag" && isEmpty(option, value ?? ""))
      throw usageError(`option "${option.flags}" has an empty value`, named);
    if (option.kind === "value" && seen.has(name))
      throw usageError(`option "${option.flags}" is given twice`, named);
    seen.add(name);
  }
}

/** An empty value comes of a variable that is not set: `--out "$FOLDER"` would write to the root folder. */
function isEmpty({ kind }: OptionDeclaration, value: string): boolean {
  const items = kind === "list" ? value.split(",") : [value];
  return items.some((item) => item.trim() === "");
}

/** What somebody means who gives the option of another command. */
const meant: Readonly<Record<string, string>> = { "--to": "--until" };

/** What somebody does who asks a command for what others do. */
const insteadOf: Readonly<Record<string, string>> = {
  "status --rehearse":
    "Of a rehearsal, history --rehearse lists the runs, and plan --rehearse what would change",
};

function optionOfOtherCommand(
  commands: readonly CommandDeclaration[],
  command: CommandDeclaration,
  flag: string,
) {
  const owners = commands.filter((other) => declared(other).some((option) => flagOf(option) === flag));
  const names = owners.map(({ name }) => name).join(", ");
  const fault = `"${command.name}" has no option "${flag}", which belongs to: ${names}`;
  const instead = insteadOf[`${command.name} ${flag}`];
  if (instead !== undefined) return usageErrorWith(fault, instead);
  const own = declared(command).map(flagOf);
  return usageError(
    fault,
    command.name,
    own.find((option) => option === meant[flag]),
  );
}
