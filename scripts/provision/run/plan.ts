import type { Counts } from "./outcome";

/** A planned or applied change of one object. */
export interface Change {
  readonly address: string;
  readonly type: string;
  /** create, update, delete, replace, read, move, import, remove (from the state alone), noop */
  readonly action: string;
}

/** The changes in a plan. */
export interface PlanReading {
  /** Changes that create, update, replace or delete objects, or import, move or forget them. */
  readonly changes: readonly Change[];
  /** Changes made outside Terraform since the last apply. */
  readonly drift: readonly Change[];
  /** False when applying it would change nothing, not even an output. */
  readonly pending: boolean;
}

/** Counts as Terraform does: a replacement is one added and one destroyed. */
export function countChanges(changes: readonly Pick<Change, "action">[]): Counts {
  const count = (...actions: readonly string[]) =>
    changes.filter(({ action }) => actions.includes(action)).length;
  return {
    added: count("create", "replace"),
    changed: count("update"),
    destroyed: count("delete", "replace"),
  };
}
