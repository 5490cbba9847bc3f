import { commandLine } from "../command-line/request";
import type { Run } from "../run/run";
import { cureOf } from "./failure";
import { type Fault, faultText, isDenied } from "./fault";
import { noResultText } from "./no-result";

/** What AWS was asked for and did not answer: what was not found by it may exist all the same. */
export interface Unasked {
  /** What was looked for, e.g. `aws_lb_listener`, or `what has tags in us-west-2`. */
  readonly about: string;
  /** Types of objects that may have been missed, as Terraform calls them. */
  readonly types: readonly string[];
  /** Half a sentence with AWS's words. */
  readonly because: string;
  /** What the operator can do about it. */
  readonly cure: string;
}

/** What was asked for, and the IAM action of the question. */
interface Question extends Pick<Unasked, "about" | "types"> {
  readonly action: string;
}

/** What a fault of AWS leaves open. */
export function unaskedFor(run: Run, { action, ...question }: Question, fault: Fault): Unasked {
  const right = `Allow ${action}, as in what is printed by: ${commandLine(run.request, { command: "iam" })}`;
  return { ...question, because: faultText(fault), cure: isDenied(fault) ? right : cureOf(run, fault) };
}

/** The same for an answer that cannot be read; rethrows what is not an error. */
export function unreadFor({ action, ...question }: Question, error: unknown): Unasked {
  return { ...question, because: noResultText(error), cure: `Look at the answer of ${action} yourself` };
}
