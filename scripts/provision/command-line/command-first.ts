import { parseArgs } from "node:util";
import { suggestion } from "../../../lib/suggestions";
import { flagOf, optionsOf } from "./common-options";
import type { CommandDeclaration, OptionDeclaration } from "./define";
import { usageError } from "./usage-error";

type OptionToken = Extract<ReturnType<typeof tokensOf>[number], { readonly kind: "option" }>;

/** The arguments with the command in front, where commander looks for it; throws what commander would not notice. */
export function commandFirst(commands: readonly CommandDeclaration[], args: readonly string[]): readonly string[] {
  const tokens = tokensOf(commands, args);
  const given = tokens.filter((token) => token.kind === "option");
  assertKnown(commands, given);
  const [word, extra] = tokens.filter((token) => token.kind === "positional");
  if (word?.value === "help") return args;
  if (word === undefined && given.some(({ name }) => name === "help")) return ["--help"];
  const command = word === undefined ? impliedCommand(commands, given) : commandNamed(commands, word.value);
  if (extra !== undefined)
    throw usageError(`unexpected argument "${extra.value}" after "${command.name}"`, command.name);
  assertFits(commands, command, given);
  return [command.name, ...args.filter((_, index) => index !== word?.index)];
}

function tokensOf(commands: readonly CommandDeclaration[], args: readonly string[]) {
  const types = commands.flatMap(declared).map((option) => {
    const type = option.kind === "flag" ? ("boolean" as const) : ("string" as const);
    return [flagOf(option).slice("--".length), { type }] as const;
  });
  const help = { type: "boolean", short: "h" } as const;
  const options = { ...Object.fromEntries(types), help };
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function declared(command: CommandDeclaration): readonly OptionDeclaration[] {
  return Object.values(optionsOf(command));
}

function assertKnown(commands: readonly CommandDeclaration[], given: readonly OptionToken[]): void {
  const flags = [...commands.flatMap(declared).map(flagOf), "--help"];
  const unknown = given.find(({ rawName }) => rawName !== "-h" && !flags.includes(rawName));
  if (unknown !== undefined)
    throw usageError(`unknown option "${unknown.rawName}"`, undefined, suggestion(unknown.rawName, flags));
}

function commandNamed(commands: readonly CommandDeclaration[], word: string): CommandDeclaration {
  const names = commands.map(({ name }) => name);
  const command = commands.find(({ name }) => name === word);
  if (command !== undefined) return command;
  throw usageError(`unknown command "${word}"`, undefined, suggestion(word, names));
}

function impliedCommand(
  commands: readonly CommandDeclaration[],
  given: readonly OptionToken[],
): CommandDeclaration {
  const when = given.some(({ rawName }) => rawName === "--rehearse") ? "with --rehearse" : "without --rehearse";
  const command = commands.find(({ implied }) => implied === when);
  if (command === undefined) throw new Error(`no command is implied ${when}`);
  return command;
}

/** Throws unless each option belongs to the command, has a value if it takes one, and is not given twice. */
function assertFits(
  commands: readonly CommandDeclaration[],
  command: CommandDeclaration,
  given: readonly OptionToken[],
): void {
  const seen = new Set<string>();
  for (const { name, rawName, value, inlineValue } of given.filter((token) => token.name !== "help")) {
    const option = declared(command).find((own) => flagOf(own) === rawName);
    if (option === undefined) throw foreign(commands, command, rawName);
    if (option.kind === "flag" && inlineValue) throw usageError(`option "${rawName}" takes no value`, command.name);
    // As commander reads it, "--env --yes" would be the environment "--yes".
    if (option.kind !== "flag" && !inlineValue && (value === undefined || value.startsWith("-")))
      throw usageError(`option "${option.flags}" has no value`, command.name);
    if (option.kind === "value" && seen.has(name))
      throw usageError(`option "${option.flags}" is given twice`, command.name);
    seen.add(name);
  }
}

function foreign(commands: readonly CommandDeclaration[], command: CommandDeclaration, flag: string) {
  const owners = commands.filter((other) => declared(other).some((option) => flagOf(option) === flag));
  const names = owners.map(({ name }) => name).join(", ");
  return usageError(`"${command.name}" has no option "${flag}", which belongs to: ${names}`, command.name);
}
