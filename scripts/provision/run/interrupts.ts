import { exitCodes, UserError } from "../../../lib/errors";
import type { World } from "../world/index";

/** Ends a run because the operator interrupted it. */
export class Interrupted extends UserError {
  constructor(layer: string, next: string) {
    super(`Cannot finish "${layer}": you interrupted the run`, `Go on with: ${next}`, exitCodes.interrupted);
  }
}

const drains =
  "Interrupted: the run ends after the current Terraform command; a second Ctrl-C interrupts Terraform, and the next apply replaces what AWS does not call healthy by then";

/** Handles Ctrl-C: the first drains, the second interrupts Terraform, the third kills it. */
export class Interrupts {
  private count = 0;
  private abandon: (() => void) | undefined;
  private readonly forget: () => void;

  constructor(
    private readonly world: Pick<World, "onInterrupt" | "processes">,
    /** Whether the run is of Terraform, which can be interrupted itself. */
    private readonly terraform: boolean,
    private readonly say: (text: string) => void,
  ) {
    this.forget = world.onInterrupt(() => {
      this.next();
    });
  }

  /** True once nothing new may start. */
  get draining(): boolean {
    return this.count > 0;
  }

  /** True after Terraform was interrupted, so its failure is expected. */
  get forwarded(): boolean {
    return this.count > 1;
  }

  /** Waits for work that changes nothing; the first interrupt kills its commands and fails with this error. */
  async abandoning<Result>(work: Promise<Result>, interrupted: Interrupted): Promise<Result> {
    const abandoned = new Promise<never>((_, fail) => {
      this.abandon = () => {
        this.world.processes.signal("SIGKILL");
        fail(interrupted);
      };
    });
    try {
      return await Promise.race([work, abandoned]);
    } finally {
      this.abandon = undefined;
    }
  }

  /** Stops listening; the run is over. */
  close(): void {
    this.forget();
  }

  private next(): void {
    this.count += 1;
    if (this.abandon !== undefined) {
      this.abandon();
      return;
    }
    if (this.count === 1)
      this.say(this.terraform ? drains : "Interrupted: the run ends after the current step");
    if (this.count === 2) {
      if (this.terraform)
        this.say(
          "Interrupted again: interrupting Terraform; what it is creating is marked as tainted; the next apply replaces what AWS does not call healthy by then",
        );
      this.world.processes.signal("SIGINT");
    }
    if (this.count === 3) {
      if (this.terraform)
        this.say(
          "Interrupted a third time: killing Terraform; its state may be locked, and lack what it was creating",
        );
      this.world.processes.signal("SIGKILL");
    }
  }
}
