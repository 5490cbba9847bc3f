import type { AwsCall } from "./aws-call";

/** Data that AWS Backup restores to a new resource beside the old one. */
export interface Restorable {
  /** Kind of resource, as in `Cannot restore "database"`. */
  readonly noun: string;
  /** As AWS Backup names it: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartRestoreJob.html */
  readonly resourceType: string;
  /** ARN of the resource whose backups are restored. */
  readonly arn: string;
  /** The new resource, as in `Restore the database as of … to <target>?` */
  readonly target: string;
  /** Restore metadata for AWS Backup; `saved` is the metadata of the recovery point. */
  metadata(saved: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** The calls after which the restored resource is usable, in order. */
  finish(createdArn: string): readonly RestoreStep[];
}

/** One call after a restore. */
export interface RestoreStep extends Outcome<unknown> {
  /** As in `Cannot <doing>: AWS says …`. */
  readonly doing: string;
  readonly call: AwsCall;
}

interface Outcome<Answer> {
  /** For a step that waits: the call is repeated until its answer is `ready`. */
  progress?(answer: Answer): "ready" | "waiting" | "failed";
  /** Message for the operator about the answer. */
  note?(answer: Answer): string;
}

/** States a step, whose answer is typed. */
export function restoreStep<Output>(
  given: Outcome<Output> & { readonly doing: string; readonly call: AwsCall<Output> },
): RestoreStep {
  return given;
}
