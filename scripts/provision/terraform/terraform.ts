import { exitCodes, UserError } from "../../../lib/errors";
import { renderDiagnostic } from "./diagnostics";
import { explainFailure, type Failed } from "./failures";
import type { Events } from "../run/events";
import { Interrupted, type Interrupts } from "../run/interrupts";
import { readUiMessage, type UiMessage } from "./ui-message";
import type { Finished, World } from "../world/index";

/** Where and how Terraform's commands of one layer run. */
export interface Workplace {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly failed: Omit<Failed, "terraform">;
  /** The backend of this layer moves between this machine and the bucket. */
  readonly backendMoves: boolean;
  readonly interrupts: Interrupts;
  readonly events: Pick<Events, "publish">;
}

/** How one command is run. */
export interface CommandOptions {
  /** Exit codes that are no failure; 0 alone by default. */
  readonly accept?: readonly number[];
  /** Receives each line of output that is a message of Terraform's machine-readable UI. */
  readonly onMessage?: (message: UiMessage) => void;
  /** Keeps standard output out of the log: it may hold values. */
  readonly quiet?: boolean;
  /** Runs even while draining, because it completes what is done already. */
  readonly evenDraining?: boolean;
}

/** Runs Terraform's commands for one layer, one after another, and publishes what they do. */
export class Terraform {
  constructor(
    private readonly world: World,
    private readonly workplace: Workplace,
  ) {}

  get folder(): string {
    return this.workplace.failed.folder;
  }

  /** Runs one command; throws a `TerraformFailure` when it fails, `Interrupted` when nothing may start any more. */
  async run(commandArguments: readonly string[], options: CommandOptions = {}): Promise<Finished> {
    const { failed, interrupts } = this.workplace;
    if (interrupts.draining && !options.evenDraining) throw new Interrupted(failed.layer, failed.retry);
    const errors: string[] = [];
    const finished = await this.start(commandArguments, (line) => {
      if (!options.quiet) this.print(readLine(line, options, errors));
    });
    if ((options.accept ?? [0]).includes(finished.exitCode)) return finished;
    throw this.failure(commandArguments, finished, errors);
  }

  /** Brings the layer's folder to its declared backend and providers. */
  async initialise(): Promise<void> {
    // Elsewhere a changed backend is a mistake, and Terraform's refusal is welcome.
    const commandArguments = this.workplace.backendMoves ? ["-reconfigure"] : [];
    await this.run(["init", "-input=false", "-no-color", ...commandArguments]);
  }

  /** Publishes how far an apply has come; `current` is the address it works on. */
  progressed(done: number, planned: number, current: string): void {
    const { events, failed } = this.workplace;
    events.publish({ type: "terraform progressed", layer: failed.layer, done, planned, current });
  }

  /** Whether the folder holds a file, e.g. `errored.tfstate`. */
  has(file: string): boolean {
    return this.world.files.read(`${this.folder}/${file}`) !== undefined;
  }

  private async start(
    commandArguments: readonly string[],
    onLine: (line: string) => void,
  ): Promise<Finished> {
    const { program, environment, events, failed } = this.workplace;
    const { layer, folder } = failed;
    const command = commandName(commandArguments);
    events.publish({ type: "terraform began", layer, folder, command, arguments: commandArguments });
    let seconds = 0;
    try {
      const finished = await this.world.processes.run({
        ...{ program, arguments: commandArguments, folder, environment, onLine },
      });
      if (finished.stderr !== "") this.print(finished.stderr.trimEnd());
      seconds = finished.seconds;
      return finished;
    } finally {
      events.publish({ type: "terraform ended", layer, command, seconds });
    }
  }

  private failure(
    commandArguments: readonly string[],
    finished: Finished,
    errors: readonly string[],
  ): UserError {
    const { program, failed, interrupts } = this.workplace;
    if (finished.exitCode === 127 || finished.exitCode === 126) return cannotStart(program);
    if (interrupts.forwarded) return new Interrupted(failed.layer, failed.retry);
    const spoken = errors.length > 0 ? errors.join("\n\n") : `${finished.stdout}${finished.stderr}`;
    return explainFailure({ ...failed, terraform: commandName(commandArguments) }, spoken.trim());
  }

  private print(text: string): void {
    this.workplace.events.publish({ type: "terraform printed", layer: this.workplace.failed.layer, text });
  }
}

/** What a line of output says, in Terraform's commandArguments for people; hands messages of the UI on. */
function readLine(line: string, { onMessage }: CommandOptions, errors: string[]): string {
  if (!onMessage) return line;
  const message = readUiMessage(line);
  onMessage(message);
  if (message.kind !== "diagnostic") return message.text;
  const text = renderDiagnostic(message.diagnostic);
  if (message.diagnostic.severity === "error") errors.push(text);
  return text;
}

function commandName(commandArguments: readonly string[]): string {
  const [first = "", second = ""] = commandArguments;
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
