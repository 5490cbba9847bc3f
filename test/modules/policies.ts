import type { Statement } from "../../lib/constructs/iam-policy";
import type { Block } from "../synth";

/** The statements of the policy that a resource carries. */
export function readPolicy(resource: Block, attribute = "policy"): readonly Statement[] {
  const text = resource[attribute];
  if (typeof text !== "string") throw new Error(`${attribute} is not a string`);
  // The layers write policies with lib/constructs/iam-policy.ts.
  return (JSON.parse(text) as { Statement: readonly Statement[] }).Statement;
}
