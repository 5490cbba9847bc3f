import type { AwsCall } from "./aws-call";
import type { Asked, Refusal, Subject } from "./question";

/** Why a run must not start, and how to fix it. */
export interface Hindrance {
  /** The current situation, e.g. `the quota of VPCs in us-west-2 is used up`. */
  readonly reason: string;
  /** An action: a command to run, or a file and key to edit. */
  readonly cure: string;
}

/** Interprets an answer; undefined: the run can start. */
interface Verdict<Answer> {
  verdict(answer: Answer): Hindrance | undefined;
  /** The same for an error that AWS returns; without it, the error is printed and the run continues. */
  verdictOnRefusal?(refusal: Refusal): Hindrance | undefined;
}

/** A read-only call of AWS before the first layer, which decides whether a run can start. */
export type Preflight = Asked & Subject & Verdict<unknown>;

/** A preflight check by the AWS API, whose answer is typed. */
export function preflight<Output>(
  given: Subject & Verdict<Output> & { readonly call: AwsCall<Output> },
): Preflight {
  return given;
}
