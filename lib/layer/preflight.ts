import type { AwsCall } from "./aws-call";
import type { Asked, Refusal, Subject } from "./question";

/** Why a run must not start, and what cures it. */
export interface Hindrance {
  /** What is true now, e.g. `the quota of VPCs in us-west-2 is used up`. */
  readonly reason: string;
  /** An action: a command to run, or a file and key to edit. */
  readonly cure: string;
}

/** What an answer means for the run; undefined: nothing hinders it. */
interface Verdict<Answer> {
  verdict(answer: Answer): Hindrance | undefined;
  /** The same where AWS refuses to answer; without it, a refusal hinders nothing and is printed. */
  verdictOnRefusal?(refusal: Refusal): Hindrance | undefined;
}

/** A question to AWS that decides whether a run may start; asked before the first layer, and changes nothing. */
export type Preflight = Asked & Subject & Verdict<unknown>;

/** A preflight check by the AWS API, whose answer is typed. */
export function preflight<Output>(
  given: Subject & Verdict<Output> & { readonly call: AwsCall<Output> },
): Preflight {
  return given;
}
