import type { CommandDeclaration, OptionDeclarations, OptionValue, ValuesOf } from "../command-line/define";
import type { Invocation } from "./invocation";

interface FilelessDeclaration extends CommandDeclaration {
  readonly uses: CommandDeclaration["uses"] & { readonly environment: "new" | "none" };
}

/** A command that works without an environment file, with its options forgotten. */
export interface FilelessCommand extends FilelessDeclaration {
  load(): Promise<{
    // A method, because only methods let a specific handler stand in for any.
    /** Does the work; returns the exit code. */
    handle(invocation: Invocation<{ readonly env: OptionValue }>): Promise<number>;
  }>;
}

/** Declares a command that works without an environment file; TypeScript checks its handler against its options. */
export function defineFilelessCommand<
  const Options extends OptionDeclarations,
  Module extends { readonly handle: (invocation: Invocation<ValuesOf<Options>>) => Promise<number> },
>(
  declaration: FilelessDeclaration & {
    readonly options: Options;
    /** The module that does the work, loaded when it is asked for. */
    readonly load: () => Promise<Module>;
  },
): Omit<FilelessCommand, "load"> & { readonly load: () => Promise<Module> } {
  return declaration;
}

/** Whether a command works without an environment file. */
export function isFileless(command: CommandDeclaration): command is FilelessCommand {
  return ["new", "none"].includes(command.uses.environment ?? "required");
}
