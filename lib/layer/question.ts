import type { AwsCall } from "./aws-call";

/** What AWS said instead of an answer. */
export interface Refusal {
  /** AWS's name for it, e.g. `AccessDeniedException`; empty when it gave none. */
  readonly code: string;
  readonly message: string;
}

/** How a question is put: by the AWS API, or by the AWS CLI for services that `awsCall` does not list. */
export type Asked =
  | { readonly call: AwsCall }
  /** Arguments of the AWS CLI, without region and output format; only what reads. */
  | { readonly arguments: readonly string[] };

/** What a question is about, and what it takes. */
export interface Subject {
  /** As in `Not checked: GuardDuty`. */
  readonly about: string;
  /** Actions that IAM must allow for it, and for what it asks next. */
  readonly actions: readonly string[];
}
