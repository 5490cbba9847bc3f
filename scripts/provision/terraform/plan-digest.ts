import { createHash } from "node:crypto";
import type { OutputChange, PlannedChange } from "../run/plan";

/** The changes of a plan with every value, also secret ones, which are in nothing but the digest. */
export interface WholePlan {
  readonly changes: readonly PlannedChange[];
  readonly outputs: readonly OutputChange[];
}

/**
 * SHA-256 of what a plan would do, in hexadecimal: two plans of the same changes have the same one, whenever they were created. Of
 * what goes, nothing but the ID counts, because services change other values by themselves.
 */
export function planDigest({ changes, outputs }: WholePlan): string {
  const doing = changes.map((change) =>
    change.action === "delete" || change.action === "remove"
      ? { ...change, attributes: change.attributes.filter(({ path }) => path === "id") }
      : change,
  );
  return valueDigest([doing, outputs].map(inOrder));
}

/** The order of changes, and of values in them, means nothing. */
function inOrder(changes: readonly (PlannedChange | OutputChange)[]): readonly string[] {
  const each = ({ attributes, ...change }: PlannedChange | OutputChange) =>
    canonical([change, attributes.map(canonical).toSorted()]);
  return changes.map(each).toSorted();
}

/** SHA-256 of a JSON value, in hexadecimal; the order of keys does not matter. */
export function valueDigest(value: unknown): string {
  return sha256(canonical(value));
}

/** SHA-256 in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** JSON with the keys of objects in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}
