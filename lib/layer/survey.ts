import type { AwsCall } from "./aws-call";
import type { Asked, Refusal, Subject } from "./question";

/** A read-only call of AWS, and how its outcome is interpreted. */
export type Look = (Asked & Outcome<unknown>) | EarlierLook;

/** A read-only check of the account before or after Terraform runs; it does not stop a run. */
export type Question = Look & Subject;

/** How the outcome of a call is interpreted. */
interface Outcome<Answer> {
  /** The message for the operator, if any; or a further call, if this answer is not sufficient. */
  finding(answer: Answer): string | Look | undefined;
  /** The same for an error that AWS returns, if the error is the answer. */
  findingOnRefusal?(refusal: Refusal): string | undefined;
}

/** Earlier form of a call in extensions, before `arguments` and `finding`; still supported. */
interface EarlierLook {
  readonly words: readonly string[];
  readonly tell: (answer: unknown) => string | EarlierLook | undefined;
  readonly tellRefusal?: (said: string) => string | undefined;
}

/** A check that calls the AWS API; the type of the answer is inferred. */
export function question<Output>(
  given: Subject & Outcome<Output> & { readonly call: AwsCall<Output> },
): Question {
  return given;
}

/** A further call that depends on an answer. */
export function look<Output>(given: Outcome<Output> & { readonly call: AwsCall<Output> }): Look {
  return given;
}
