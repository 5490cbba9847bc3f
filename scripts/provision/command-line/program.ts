import { Command, Option } from "commander";
import { optionsOf } from "./common-options";
import type { CommandDeclaration, OptionDeclaration } from "./define";
import { helpTexts } from "./help";

/** What the arguments of one command gave, by the name of each option. */
export interface Parsed<Declared extends CommandDeclaration> {
  readonly command: Declared;
  readonly given: Readonly<Record<string, unknown>>;
}

/** Longer lines are hard to read, however wide the terminal. */
const widestHelp = 110;

/** The declared commands as commander knows them, `named` in full; `found` receives it with what the arguments gave. */
export function programOf<Declared extends CommandDeclaration>(
  commands: readonly Declared[],
  on: {
    readonly columns: number;
    /** The command that the arguments name; of the others, only the name and the summary are shown. */
    readonly named: string | undefined;
    readonly print: (text: string) => void;
    readonly found: (parsed: Parsed<Declared>) => void;
  },
): Command {
  const columns = Math.min(widestHelp, on.columns);
  const texts = helpTexts(commands, columns);
  const program = new Command("provision")
    .description(texts.about)
    .usage("[command] --env <name|path> [options]");
  program
    .configureHelp({
      helpWidth: columns,
      subcommandTerm: (command) => command.name(),
      // The program's own page shows the options of the command that it runs when none is named.
      visibleOptions: (command) => [...(command === program ? defaultOptions(commands) : command.options)],
    })
    .configureOutput({ writeOut: on.print, writeErr: on.print })
    .showSuggestionAfterError(false)
    .helpOption("-h, --help", "print this")
    .helpCommand(false)
    .exitOverride()
    .addHelpText("after", texts.afterProgram);
  for (const declared of commands) {
    const command = program.command(declared.name).summary(declared.summary);
    if (declared.name !== on.named) continue;
    command.description(sentence(declared.summary)).usage(usageOf(declared));
    optionsFor(declared).forEach((option) => command.addOption(option));
    command.addHelpText("after", () => texts.after(declared));
    command.action((given: Parsed<Declared>["given"]) => {
      on.found({ command: declared, given });
    });
  }
  return program;
}

function usageOf(command: CommandDeclaration): string {
  const { env } = optionsOf(command);
  if (env === undefined) return "[options]";
  return `${env.required ? env.flags : `[${env.flags}]`} [options]`;
}

function defaultOptions(commands: readonly CommandDeclaration[]): readonly Option[] {
  return commands.filter(({ implied }) => implied === "without --rehearse").flatMap(optionsFor);
}

function optionsFor(command: CommandDeclaration): readonly Option[] {
  return Object.values(optionsOf(command)).map(commanderOption);
}

function commanderOption(declared: OptionDeclaration): Option {
  const { flags, summary, kind, required, choices, conflicts = [] } = declared;
  const option = new Option(flags, summary).makeOptionMandatory(required).conflicts([...conflicts]);
  if (choices) option.choices(choices);
  if (kind === "list")
    option.argParser((value, earlier: readonly string[] | undefined) => [
      ...(earlier ?? []),
      ...value.split(","),
    ]);
  return option;
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
