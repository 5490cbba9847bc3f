import type { Events } from "../run/events";
import type { Interrupts } from "../run/interrupts";
import type { Records } from "../run/records";
import type { Failed } from "./failure";
import type { OwnLog } from "./own-log";

/** Context of Terraform's commands for one layer. */
export interface TerraformContext {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly failed: Omit<Failed, "terraform" | "keptState">;
  /** In which earlier runs may have left a Terraform at work for this layer. */
  readonly folders: readonly string[];
  /** Whether the backend of this layer changes between local and S3. */
  readonly backendMoves: boolean;
  readonly interrupts: Interrupts;
  readonly events: Pick<Events, "publish">;
  readonly records: Records;
  /** Throws if an earlier run could not save a state of this layer, or that in the bucket is damaged or gone. */
  readonly assertState: () => Promise<void>;
  /** Throws if another run may change the environment. */
  readonly confirmLock: () => Promise<void>;
  /** Repeats a command that changes nothing as long as its failures are transient. */
  readonly withRetries: <Result>(command: "init" | "plan", attempt: () => Promise<Result>) => Promise<Result>;
  /** Masks secrets that are known to the run. */
  readonly mask: (text: string) => string;
  /** Reads Terraform's own log, which the operator wants. */
  readonly log: OwnLog | undefined;
}
