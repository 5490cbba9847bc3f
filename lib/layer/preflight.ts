import type { AwsCall } from "./aws-call";
import type { Asked, Refusal, Subject } from "./question";

/** Why a run must not start, and how to fix it. */
export interface Hindrance {
  /** The current situation, e.g. `the quota of VPCs in us-west-2 is used up`. */
  readonly reason: string;
  /** An action: a command to run, or a file and key to edit. */
  readonly cure: string;
}

/** Interprets an answer; undefined or an empty list: the run can start. */
interface Verdict<Answer> {
  /** Hindrances; or a further check, if this answer is not sufficient. */
  verdict(answer: Answer): Hindrance | readonly Hindrance[] | Check | undefined;
  /** The same for an error that AWS returns; undefined: the error is printed, and the run continues. */
  verdictOnRefusal?(refusal: Refusal): Hindrance | "passed" | undefined;
  /** Of a further check: the hindrance that is certain already, for which this answer would only be a detail. */
  readonly otherwise?: Hindrance;
}

/** A read-only call of AWS, and how its answer is interpreted. */
export type Check = Asked & Verdict<unknown>;

/** A check before the first layer, which decides whether a run can start. */
export type Preflight = Check & Subject;

/** A further check by the AWS API, which depends on an answer; the type of its own answer is inferred. */
export function check<Output>(given: Verdict<Output> & { readonly call: AwsCall<Output> }): Check {
  return given;
}

/** A preflight check by the AWS API, whose answer is typed. */
export function preflight<Output>(
  given: Subject & Verdict<Output> & { readonly call: AwsCall<Output> },
): Preflight {
  return given;
}
