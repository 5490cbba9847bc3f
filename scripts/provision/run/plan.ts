import type { Counts } from "./outcome";

/** A planned or applied change of one object. */
export interface Change {
  readonly address: string;
  readonly type: string;
  /** create, update, delete, replace, read, move, import, remove (from the state alone), noop */
  readonly action: string;
  /** What the provider knows it by, once it is created. */
  readonly id?: string;
}

/** A value in a plan; what Terraform or the provider marks as sensitive is not in memory beyond the parsing of the plan. */
export type PlannedValue =
  /** Anything that JSON can express. */
  | { readonly kind: "value"; readonly value: unknown }
  /** Null, or not there. */
  | { readonly kind: "absent" }
  | { readonly kind: "sensitive" }
  /** Known after apply. */
  | { readonly kind: "unknown" };

/** A change of one value: of an argument, or of an element in it. */
export interface AttributeChange {
  /** As Terraform writes it, e.g. `scaling_config[0].max_size` or `tags["kubernetes.io/role"]`. */
  readonly path: string;
  readonly before: PlannedValue;
  readonly after: PlannedValue;
  /** The object is replaced because of it. */
  readonly forcesReplacement: boolean;
}

/** A planned change of one object, value by value. */
export interface PlannedChange extends Change {
  /** The address without the type, e.g. `private["us-west-2a"]`. */
  readonly name: string;
  readonly attributes: readonly AttributeChange[];
  /** Where the object is in the state before a move. */
  readonly previousAddress?: string;
  /** What the provider knows an imported object by. */
  readonly importId?: string;
  /** The ID of the object whose place a new one takes: it is replaced, or does not exist any more. */
  readonly instead?: string;
  /** Why the object is deleted or replaced, when that is not an argument, e.g. `replace_because_tainted`. */
  readonly reason?: string;
}

/** A planned change of an output. */
export interface OutputChange {
  readonly name: string;
  readonly action: "create" | "update" | "delete";
  readonly attributes: readonly AttributeChange[];
}

/** The changes in a plan. */
export interface PlanReading {
  /** Changes that create, update, replace or delete objects, or import, move or forget them. */
  readonly changes: readonly PlannedChange[];
  readonly outputs: readonly OutputChange[];
  /** What differs from the last apply without Terraform: changed by somebody, or filled in by a provider; without values when the plan has no changes. */
  readonly drift: readonly PlannedChange[];
  /** False when applying it would change nothing, not even an output. */
  readonly pending: boolean;
  /** SHA-256 of what it would do, see `planDigest`; unset when that is nothing. */
  readonly digest?: string;
  /** SHA-256 of the file that Terraform wrote, and applies. */
  readonly fileDigest?: string;
}

/** The start of a digest, by which people tell plans apart. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 8);
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
