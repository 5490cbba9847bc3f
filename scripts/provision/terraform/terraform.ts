import { stripVTControlCharacters } from "node:util";
import { exitCodes, UserError } from "../../../lib/errors";
import { applyEvent } from "./apply-event";
import { commandName } from "./command-name";
import { removeCutRecord } from "./backend-record";
import type { TerraformContext } from "./context";
import { awaitEarlierProcesses } from "./earlier-process";
import { explainFailure, TerraformFailure } from "./failures";
import { isChanging } from "../run/changing-commands";
import { Interrupted } from "../run/interrupts";
import { printedJson } from "../run/json";
import type { PlanReading } from "../run/plan";
import { forgetProcess, outliving } from "./running-process";
import { keepState } from "./state-dump";
import { cannotStart, wrapperCure, wrapperWarning } from "./unusable-program";
import { assertWhole, cutOff } from "./cut-output";
import { hasErrors, readable, readLine } from "./output-line";
import type { UiMessage } from "./ui-message";
import { runLogging } from "./own-log";
import type { Finished, World } from "../world/index";

/** Options of one command. */
export interface CommandOptions {
  /** Exit codes that are not failures; default: 0. */
  readonly accept?: readonly number[];
  /** Receives each line of output that is a message of Terraform's machine-readable UI. */
  readonly onMessage?: (message: UiMessage) => void;
  /** Does not log standard output, which may contain values. */
  readonly quiet?: boolean;
  /** Also runs while draining, to complete earlier commands. */
  readonly evenDraining?: boolean;
}

/** Runs Terraform's commands for one layer, one after another, and publishes what they do. */
export class Terraform {
  constructor(
    readonly world: World,
    readonly context: TerraformContext,
  ) {}

  get layer(): string {
    return this.context.failed.layer;
  }

  get folder(): string {
    return this.context.failed.folder;
  }

  /** Runs one command; throws `TerraformFailure` on failure, and `Interrupted` while draining. */
  async run(commandArguments: readonly string[], options: CommandOptions = {}): Promise<Finished> {
    const { program, failed, interrupts, events } = this.context;
    const name = commandName(commandArguments);
    if (interrupts.draining && !options.evenDraining) throw new Interrupted(failed.layer, failed.retry);
    if (isChanging(name)) await this.context.confirmLock();
    const errors: string[] = [];
    let keptState: string | undefined;
    let isHeard = false;
    const onMessage =
      options.onMessage &&
      ((message: UiMessage) => {
        isHeard ||= message.kind !== "other";
        if (message.kind === "state dump") keptState = keepState(this.world, this.folder, message.state);
        options.onMessage?.(message);
      });
    const finished = await this.start(commandArguments, options, (line) => {
      if (!options.quiet) this.print(readLine(line, onMessage, errors));
    });
    assertWhole(failed, name, finished);
    if ((options.accept ?? [0]).includes(finished.exitCode)) {
      if (errors.length === 0 && !hasErrors(finished, options)) return finished;
      events.publish({ type: "note", text: wrapperWarning(program, name, finished), tone: "warning" });
    }
    throw this.failure({ commandArguments, finished, errors, keptState, isHeard });
  }

  /** Runs a command that prints a document, and returns its JSON; empty when it prints nothing. Neither is logged. */
  async document(commandArguments: readonly string[], options: CommandOptions = {}): Promise<string> {
    const { stdout } = await this.run(commandArguments, { ...options, quiet: true });
    const json = stdout.trim() === "" ? "" : printedJson(stdout);
    if (json !== undefined) return json;
    const { program, failed } = this.context;
    throw new UserError(
      `Cannot ${failed.verb} "${failed.layer}": "${program} ${commandName(commandArguments)}" printed no JSON`,
      wrapperCure(program),
    );
  }

  /** The error for a command, e.g. `plan`, of which Terraform says something else than its exit code. */
  contradiction(command: string, said: string): TerraformFailure {
    const { program, failed } = this.context;
    const message = `Cannot ${failed.verb} "${failed.layer}": ${said} (log: ${failed.log})`;
    const explanation = { command, message, hint: wrapperCure(program), exitCode: exitCodes.failed };
    return new TerraformFailure("other", "", explanation);
  }

  /** Initialises the layer's folder with its backend and providers, once no Terraform of an earlier run is at work for it. */
  async initialise(): Promise<void> {
    await awaitEarlierProcesses(this.world, { ...this.context, ...this.context.failed });
    await this.context.assertState();
    removeCutRecord(this.world.files, this.folder);
    // In other layers a changed backend is a mistake, which Terraform should refuse.
    const commandArguments = this.context.backendMoves ? ["-reconfigure"] : [];
    const init = ["init", "-input=false", "-no-color", ...commandArguments];
    await this.context.withRetries("init", () => this.run(init));
  }

  /** Publishes a plan that has changes. */
  planned(plan: PlanReading): void {
    const { events, failed } = this.context;
    events.publish({ type: "plan read", layer: failed.layer, plan });
  }

  /** Publishes the progress of an apply; `current` is the address of the current object. */
  progressed(done: number, planned: number, current: string): void {
    const { events, failed } = this.context;
    events.publish({ type: "terraform progressed", layer: failed.layer, done, planned, current });
  }

  /** Publishes what a message of an apply says of an object, or that it is not known how a change ended. */
  said(message: UiMessage): void {
    const { events, failed } = this.context;
    const event = applyEvent(failed.layer, message);
    if (event !== undefined) events.publish(event);
  }

  private async start(
    commandArguments: readonly string[],
    { quiet }: CommandOptions,
    onLine: (line: string) => void,
  ): Promise<Finished> {
    const { program, environment, events, records, failed, log } = this.context;
    const { layer, folder } = failed;
    const name = commandName(commandArguments);
    const began = { program: failed.program, folder, command: name, arguments: commandArguments };
    events.publish({ type: "terraform began", layer, ...began });
    let seconds = 0;
    try {
      const process = { program, arguments: commandArguments, folder, environment, onLine };
      const logging = log && ((line: string) => log(line, this.print.bind(this)));
      // What is not logged, and Terraform's own log, must be in no file.
      const outlives = !quiet && logging === undefined;
      const command = outlives ? outliving(this.world, records, process) : process;
      const finished = await runLogging(this.world.processes, command, logging);
      if (finished.stderr !== "") this.print(finished.stderr.trimEnd());
      seconds = finished.seconds;
      return finished;
    } finally {
      forgetProcess(records, folder);
      events.publish({ type: "terraform ended", layer, command: name, seconds });
    }
  }

  private failure(command: {
    readonly commandArguments: readonly string[];
    readonly finished: Finished;
    readonly errors: readonly string[];
    readonly keptState: string | undefined;
    /** Whether Terraform has said what it does. */
    readonly isHeard: boolean;
  }): UserError {
    const { commandArguments, finished, errors, keptState, isHeard } = command;
    const { program, failed, interrupts } = this.context;
    const isFaultless = errors.length === 0 && keptState === undefined;
    // Terraform itself never ends with these.
    const isOfShell = [126, 127].includes(finished.exitCode) && isFaultless && !hasErrors(finished, {});
    if (isOfShell && !isHeard)
      return cannotStart(this.world, { program, environment: this.context.environment, finished });
    if (finished.isCut === true && isFaultless) return cutOff(failed);
    const output = errors.length > 0 ? errors.join("\n\n") : readable(finished);
    const terraform = commandName(commandArguments);
    const failure = isOfShell
      ? this.contradiction(
          terraform,
          `${program} ${terraform} ended with exit code ${finished.exitCode}, but without an error`,
        )
      : explainFailure({ ...failed, keptState, terraform }, output.trim());
    // A state that exists nowhere else is not forgotten for it.
    const isExpected = interrupts.forwarded && failure.exitCode !== exitCodes.recoveryNeeded;
    return isExpected ? new Interrupted(failed.layer, failed.retry) : failure;
  }

  private print(coloured: string): void {
    const text = stripVTControlCharacters(coloured);
    this.context.events.publish({ type: "terraform printed", layer: this.layer, text });
  }
}
