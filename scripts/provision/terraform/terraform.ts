import { exitCodes, UserError } from "../../../lib/errors";
import { renderDiagnostic } from "./diagnostics";
import { type Event, readEvent } from "./events";
import { explainFailure, type Failed } from "./failures";
import { Interrupted, type Interrupts } from "../run/interrupts";
import type { Finished, World } from "../world/index";

/** Where and how Terraform's commands of one layer run. */
export interface Workplace {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly failed: Omit<Failed, "terraform">;
  /** The backend of this layer moves between this machine and the bucket. */
  readonly backendMoves: boolean;
  readonly interrupts: Interrupts;
  /** Hears how long each command took. */
  readonly timed: (command: string, seconds: number) => void;
}

/** How one command is run. */
export interface CommandOptions {
  /** Exit codes that are no failure; 0 alone by default. */
  readonly accept?: readonly number[];
  readonly onEvent?: (event: Event) => void;
  /** Keeps standard output out of the log: it may hold values. */
  readonly quiet?: boolean;
  /** Runs even while draining, because it completes what is done already. */
  readonly evenDraining?: boolean;
}

/** Runs Terraform's commands for one layer, one after another, and keeps its log. */
export class Terraform {
  constructor(
    private readonly world: World,
    private readonly workplace: Workplace,
  ) {}

  get folder(): string {
    return this.workplace.failed.folder;
  }

  /** Runs one command; throws a `TerraformFailure` when it fails, `Interrupted` when nothing may start any more. */
  async run(words: readonly string[], options: CommandOptions = {}): Promise<Finished> {
    const { failed, interrupts } = this.workplace;
    if (interrupts.draining && !options.evenDraining) throw new Interrupted(failed.layer, failed.retry);
    this.log(`\n$ terraform -chdir=${failed.folder} ${words.join(" ")}\n`);
    const errors: string[] = [];
    const finished = await this.start(words, (line) => {
      if (options.quiet) return;
      const text = this.heard(line, options, errors);
      this.log(`${text}\n`);
    });
    if (finished.stderr !== "") this.log(finished.stderr);
    this.workplace.timed(commandName(words), finished.seconds);
    if ((options.accept ?? [0]).includes(finished.exitCode)) return finished;
    throw this.failure(words, finished, errors);
  }

  /** Brings the layer's folder to its declared backend and providers. */
  async initialise(): Promise<void> {
    // Elsewhere a changed backend is a mistake, and Terraform's refusal is welcome.
    const words = this.workplace.backendMoves ? ["-reconfigure"] : [];
    await this.run(["init", "-input=false", "-no-color", ...words]);
  }

  /** Whether the folder holds a file, e.g. `errored.tfstate`. */
  has(file: string): boolean {
    return this.world.files.read(`${this.folder}/${file}`) !== undefined;
  }

  private start(words: readonly string[], onLine: (line: string) => void): Promise<Finished> {
    const { program, environment } = this.workplace;
    return this.world.processes.run({
      program,
      arguments: words,
      folder: this.folder,
      environment,
      onLine,
    });
  }

  /** What a line of output says, in Terraform's words for people; passes events on. */
  private heard(line: string, options: CommandOptions, errors: string[]): string {
    if (!options.onEvent) return line;
    const event = readEvent(line);
    options.onEvent(event);
    if (event.kind !== "diagnostic") return event.text;
    const text = renderDiagnostic(event.diagnostic);
    if (event.diagnostic.severity === "error") errors.push(text);
    return text;
  }

  private failure(words: readonly string[], finished: Finished, errors: readonly string[]): UserError {
    const { program, failed, interrupts } = this.workplace;
    if (finished.exitCode === 127 || finished.exitCode === 126) return cannotStart(program);
    if (interrupts.forwarded) return new Interrupted(failed.layer, failed.retry);
    const spoken = errors.length > 0 ? errors.join("\n\n") : `${finished.stdout}${finished.stderr}`;
    return explainFailure({ ...failed, terraform: commandName(words) }, spoken.trim());
  }

  private log(text: string): void {
    this.world.files.append(this.workplace.failed.log, text);
  }
}

function commandName(words: readonly string[]): string {
  const [first = "", second = ""] = words;
  return first === "state" ? `${first} ${second}` : first;
}

/** The program could not be started at all. */
export function cannotStart(program: string): UserError {
  return new UserError(
    `Cannot run "${program}": there is no such program on the PATH`,
    "Install Terraform 1.11 or later (https://developer.hashicorp.com/terraform/install), or set TERRAFORM_BINARY_NAME",
    exitCodes.preflightFailed,
  );
}
