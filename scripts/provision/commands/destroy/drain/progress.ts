import type { Application } from "../../../kubernetes/application";
import { isDeleting } from "./steps";

/** A pod has minutes to end, and a volume or a load balancer needs minutes. */
const quietSeconds = 180;
/** After that, what was asked for a second time has had its time. */
const stuckSeconds = 300;

/** Follows a drain, and notices when nothing moves. */
export class DrainProgress {
  private last = "";
  private since = 0;
  private isRefreshed = false;

  /** What one more look says; `seconds` is when it was. */
  look(applications: readonly Application[], seconds: number): "moving" | "refresh" | "stuck" {
    const now = applications.map((found) => `${found.metadata.name} ${isDeleting(found)}`).join("; ");
    if (now !== this.last) {
      this.last = now;
      this.again(seconds);
    }
    const quiet = seconds - this.since;
    if (quiet >= stuckSeconds) return "stuck";
    if (quiet < quietSeconds || this.isRefreshed) return "moving";
    this.isRefreshed = true;
    return "refresh";
  }

  /** Something has moved that a look does not show. */
  again(seconds: number): void {
    this.since = seconds;
    this.isRefreshed = false;
  }
}
