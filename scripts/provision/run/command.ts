import type { CommandDeclaration, OptionDeclarations, ValuesOf } from "../command-line/define";
import type { UserError } from "../../../lib/errors";
import type { Invocation } from "./invocation";
import type { FilelessCommand } from "./fileless-command";
import type { Run } from "./run";

/** A run of a command that declares these options. */
export type RunWith<Options extends OptionDeclarations> = Run<ValuesOf<Options>>;

/** What is known before a run begins. */
export type Asked<AnyRun extends Run> = Pick<AnyRun, "request" | "layers" | "loaded" | "file">;

/** A command with its options forgotten, for code that treats all commands alike. */
export type Command = EnvironmentCommand | FilelessCommand;

interface EnvironmentCommand extends CommandDeclaration {
  readonly uses: CommandDeclaration["uses"] & { readonly environment?: "required" | "optional" };
  load(): Promise<{
    // A method, because only methods let a specific handler stand in for any.
    /** Does the work; returns the exit code. */
    handle(run: Run): Promise<number>;
    /** Throws what the command line and the environment file alone refuse, before the machine or AWS is asked for anything. */
    check?(asked: Asked<Run>): void;
    /** Does what it can where the environment is optional, and there is none, or `because` of an invalid one. */
    handleWithout?(invocation: Invocation, because: UserError | undefined): Promise<number>;
  }>;
}

/** Declares a command; exists so that TypeScript checks its handler against its options. */
export function defineCommand<
  const Options extends OptionDeclarations,
  Module extends { readonly handle: (run: RunWith<Options>) => Promise<number> },
>(
  declaration: Omit<EnvironmentCommand, "load"> & {
    readonly options: Options;
    /** The module that does the work, loaded when it is asked for. */
    readonly load: () => Promise<Module>;
  },
): Omit<EnvironmentCommand, "load"> & { readonly load: () => Promise<Module> } {
  return declaration;
}
