import { z } from "zod";
import type { Fault } from "../../aws/fault";
import { passingFaults } from "../../aws/passing-faults";
import { jsonOrUndefined } from "../../run/json";
import type { HttpAnswer } from "../../world/index";

/** How an attempt ended. */
export type Attempt =
  | { readonly kind: "answer"; readonly answer: HttpAnswer }
  | { readonly kind: "fault"; readonly fault: Fault };

/** Whether another attempt may succeed. */
export function isTransient(attempt: Attempt): boolean {
  if (attempt.kind === "answer") return attempt.answer.status === 429 || attempt.answer.status >= 500;
  return passingFaults.includes(attempt.fault.kind);
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes */
const errors = z.object({
  errors: z.array(z.object({ code: z.string(), message: z.string().default("") })).min(1),
});

/** What was wrong, as a fault of AWS. */
export function answerFault(attempt: Attempt): Fault {
  if (attempt.kind === "fault") return attempt.fault;
  const { status, body } = attempt.answer;
  const parsed = errors.safeParse(jsonOrUndefined(body.toString()));
  const [first] = parsed.success ? parsed.data.errors : [];
  const kind = kindOf(status);
  if (first !== undefined) return { kind, ...first };
  // The answer to HEAD has no body.
  if (body.length === 0) return { kind, code: "", message: `HTTP status ${status}` };
  return { kind: "not AWS", code: "", message: `something else answered, with HTTP status ${status}` };
}

function kindOf(status: number): Fault["kind"] {
  if (status === 401) return "credentials";
  if (status === 429) return "throttled";
  return status >= 500 ? "unavailable" : "refused";
}
