import type { Clock } from "../world/index";
import type { RunEvent } from "./events";

/**
 * How long KMS may deny a key by a condition on its aliases or tags after they changed: up to five minutes by its
 * documentation, https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html, and one to spare.
 */
const propagationSeconds = 6 * 60;

/** When this run last created or changed a KMS key or an alias: until then AWS may deny what is allowed. */
export class FreshKeys {
  private changedAt = -Infinity;

  constructor(private readonly clock: Pick<Clock, "seconds">) {}

  readonly listen = (event: RunEvent): void => {
    if (event.type !== "object changed" || event.change.action === "delete") return;
    if (/^aws_kms_(key|alias)$/.test(event.change.type)) this.assume();
  };

  /** For keys that an earlier, interrupted run created. */
  assume(): void {
    this.changedAt = this.clock.seconds();
  }

  /** For how many seconds a denial may still pass by itself; 0 or less: it stays. */
  get secondsLeft(): number {
    return this.changedAt + propagationSeconds - this.clock.seconds();
  }
}
