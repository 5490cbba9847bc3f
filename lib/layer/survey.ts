import type { AwsCall } from "./aws-call";
import type { Asked, Refusal, Subject } from "./question";

/** One look at the account, and what its outcome means. */
export type Look = (Asked & Outcome<unknown>) | EarlierLook;

/** What a layer wants to know of the account before Terraform runs, or after; asking changes nothing, and stops no run. */
export type Question = Look & Subject;

/** What the outcome of a look means. */
interface Outcome<Answer> {
  /** What an operator should know, if anything; another look where this answer alone does not say. */
  finding(answer: Answer): string | Look | undefined;
  /** The same for what AWS says when it refuses, where that is the answer. */
  findingOnRefusal?(refusal: Refusal): string | undefined;
}

/** How extensions stated a look before `arguments` and `finding`; understood as before. */
interface EarlierLook {
  readonly words: readonly string[];
  readonly tell: (answer: unknown) => string | EarlierLook | undefined;
  readonly tellRefusal?: (said: string) => string | undefined;
}

/** A question to the AWS API, whose answer is typed. */
export function question<Output>(
  given: Subject & Outcome<Output> & { readonly call: AwsCall<Output> },
): Question {
  return given;
}

/** A further look that follows from an answer. */
export function look<Output>(given: Outcome<Output> & { readonly call: AwsCall<Output> }): Look {
  return given;
}
