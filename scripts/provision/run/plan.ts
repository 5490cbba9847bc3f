import type { Counts } from "./outcome";

/** What Terraform plans for one object, or does with it. */
export interface Change {
  readonly address: string;
  readonly type: string;
  /** create, update, delete, replace, read, move, import, forget, noop */
  readonly action: string;
}

/** What a plan would do. */
export interface PlanReading {
  /** Everything that is created, updated, replaced or deleted; reading and noting are left out. */
  readonly changes: readonly Change[];
  /** What was changed outside Terraform since the last apply. */
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
