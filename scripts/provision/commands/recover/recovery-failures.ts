import { exitCodes, UserError } from "../../../../lib/errors";
import { counted } from "../../run/counted";
import { TerraformFailure } from "../../terraform/failures";
import type { RecoverRun } from "./index";

/** What is left for the operator to solve, layer by layer. */
export class RecoveryFailures {
  private readonly found: UserError[] = [];

  constructor(private readonly run: RecoverRun) {}

  /** Recovers one more. Any other end of it, such as a no or an interrupt, is that of the run. */
  async after(recover: () => Promise<void>): Promise<void> {
    try {
      await recover();
    } catch (error) {
      if (!isLeft(error)) {
        for (const { message } of this.found) this.run.events.note(message, "warning");
        throw error;
      }
      this.found.push(error);
    }
  }

  /** Throws what was found, as one. */
  assertNone(): void {
    const [only] = this.found;
    if (only === undefined) return;
    if (this.found.length === 1) throw only;
    throw new UserError(
      `Cannot recover ${counted(this.found.length, "layer")} of "${this.run.loaded.environment.name}": ${this.found.map(({ message }) => message).join("; ")}`,
      [...new Set(this.found.map(({ hint }) => hint))].join("; and: "),
      exitCodes.recoveryNeeded,
    );
  }
}

function isLeft(error: unknown): error is UserError {
  return (
    error instanceof UserError &&
    !(error instanceof TerraformFailure) &&
    error.exitCode === exitCodes.recoveryNeeded
  );
}
