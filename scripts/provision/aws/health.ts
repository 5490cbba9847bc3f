import type { Health } from "../../../lib/layer/health";
import type { Run } from "../run/run";
import { askAws } from "./client";
import { type Fault, faultText } from "./fault";
import { noResultText } from "./no-result";

/** What AWS says of an object. */
export type Condition =
  /** It exists, in this state. */
  | { readonly kind: "healthy" | "busy" | "unhealthy"; readonly word: string }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly because: string };

/** Whether AWS says that an object is not there: `DBClusterNotFoundFault`, `InvalidInstanceID.NotFound`, `NatGatewayNotFound`. */
export function isAbsent(fault: Fault): boolean {
  return fault.kind === "refused" && /NotFound|^NoSuch/.test(fault.code);
}

/** Asks AWS for the state of an object, by its type's question and its `id` in the state; never throws. */
export async function conditionOf(
  run: Run,
  health: Health,
  { id, patience }: { readonly id: string; readonly patience?: "question" | "work" },
): Promise<Condition> {
  try {
    const reply = await askAws(run, health.ask(id), patience);
    if (reply.kind === "answered") return read(health, health.state(reply.output));
    const { fault } = reply;
    if (isAbsent(fault)) return { kind: "absent" };
    return { kind: "unknown", because: faultText(fault) };
  } catch (error) {
    // An answer of an unknown shape must not stop a run.
    return { kind: "unknown", because: noResultText(error) };
  }
}

function read({ healthy, busy }: Health, word: string | undefined): Condition {
  if (word === undefined) return { kind: "absent" };
  if (healthy.includes(word)) return { kind: "healthy", word };
  return { kind: busy.includes(word) ? "busy" : "unhealthy", word };
}
