import type { AwsCall } from "./aws-call";

/** An error that AWS returned. */
export interface Refusal {
  /** Error code, e.g. `AccessDeniedException`; empty if there is none. */
  readonly code: string;
  readonly message: string;
}

/** A call of the AWS API, or in extensions of the AWS CLI, for services that `awsCall` does not support. */
export type Asked =
  | { readonly call: AwsCall }
  /** Arguments of the AWS CLI, without region and output format; read-only. */
  | { readonly arguments: readonly string[] };

/** The subject of a check, and the permissions that it needs. */
export interface Subject {
  /** As in `Not checked: GuardDuty`. */
  readonly about: string;
  /** IAM actions that it needs, including those of further calls. */
  readonly actions: readonly string[];
}
