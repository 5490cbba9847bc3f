import { flagOf, optionsOf } from "../../command-line/common-options";
import type { CommandDeclaration, OptionDeclaration } from "../../command-line/define";

/** What the value of an option is completed with. */
export type Values =
  /** It takes no value. */
  | "none"
  | "environments"
  | "layers"
  | "files"
  | "folders"
  /** Nothing is known of it. */
  | "free"
  | { readonly choices: readonly string[] };

/** An option as a shell completes it. */
export interface CompletedOption {
  readonly flag: string;
  readonly summary: string;
  readonly values: Values;
}

/** Everything that a shell completes. */
export interface Vocabulary {
  readonly commands: readonly {
    readonly name: string;
    readonly summary: string;
    readonly options: readonly CompletedOption[];
    /** What may follow the command as a word. */
    readonly words: readonly string[];
    /** Meant by a command line that names no command. */
    readonly implied: boolean;
  }[];
  readonly layers: readonly string[];
  /** Flags that take a value, in any command. */
  readonly valued: readonly string[];
}

/** Reads what a shell completes from the declarations of the commands. */
export function vocabularyOf(declared: readonly CommandDeclaration[], layers: readonly string[]): Vocabulary {
  const commands = declared.map((command) => ({
    name: command.name,
    summary: command.summary,
    options: Object.values(optionsOf(command)).map(completedOption),
    words: command.argument === undefined ? [] : (command.options[command.argument]?.choices ?? []),
    implied: command.implied === "without --rehearse",
  }));
  const help = { name: "help", summary: "print the help of a command", options: [], implied: false };
  const all = [...commands, { ...help, words: commands.map(({ name }) => name) }];
  const valued = all.flatMap(({ options }) =>
    options.flatMap(({ flag, values }) => (values === "none" ? [] : [flag])),
  );
  return { commands: all, layers, valued: [...new Set(valued)] };
}

function completedOption(option: OptionDeclaration): CompletedOption {
  return { flag: flagOf(option), summary: option.summary, values: valuesOf(option) };
}

/** By the name of the value in the flags: `--only <layer>`. */
function valuesOf({ kind, flags, choices }: OptionDeclaration): Values {
  if (kind === "flag") return "none";
  if (choices !== undefined) return { choices };
  switch (/<([^>]+)>/.exec(flags)?.[1]) {
    case "name|path":
      return "environments";
    case "layer":
      return "layers";
    case "file":
      return "files";
    case "folder":
      return "folders";
    default:
      return "free";
  }
}
