import { isDeepStrictEqual } from "node:util";

/** One step of a path: an attribute, the key of a map, or the index of an element. */
export type Step = string | number;

/** A value before or after a change, with what Terraform says of its parts: `true`, or an object or a list of the same. */
export class PlanSide {
  constructor(
    readonly value?: unknown,
    readonly sensitive?: unknown,
    readonly unknown?: unknown,
  ) {}

  get isAbsent(): boolean {
    return (this.value === undefined || this.value === null) && !holdsTrue(this.unknown);
  }

  /** Whether it is secret as a whole. Unknown elements of sets are in the marks alone, which then may belong to any element. */
  get isMasked(): boolean {
    const { value, sensitive } = this;
    if (!Array.isArray(sensitive)) return sensitive === true;
    return holdsTrue(sensitive) && (!Array.isArray(value) || value.length !== sensitive.length);
  }

  get holdsSecret(): boolean {
    return holdsTrue(this.sensitive);
  }

  get isObject(): boolean {
    const { value, unknown } = this;
    return unknown !== true && typeof value === "object" && value !== null && !Array.isArray(value);
  }

  get isScalar(): boolean {
    return typeof this.value !== "object" || this.value === null;
  }

  /** The elements of a list or of a set, none if there is no value; undefined for anything else. */
  get elements(): readonly PlanSide[] | undefined {
    if (this.isAbsent) return [];
    if (!Array.isArray(this.value)) return undefined;
    const unknown = Array.isArray(this.unknown) ? this.unknown.length : 0;
    return Array.from({ length: Math.max(this.value.length, unknown) }, (_, index) => this.part(index));
  }

  /** The names of an object's attributes, known or not. */
  get names(): readonly string[] {
    return [...keys(this.value), ...keys(this.unknown)];
  }

  part(step: Step): PlanSide {
    return new PlanSide(
      member(this.value, step),
      // What is secret as a whole is so in every part.
      this.sensitive === true || member(this.sensitive, step),
      member(this.unknown, step),
    );
  }

  /** The same, secret as a whole. */
  get masked(): PlanSide {
    return this.isAbsent ? new PlanSide() : new PlanSide(this.value, true, this.unknown);
  }

  isSame(other: PlanSide): boolean {
    if (holdsTrue(this.unknown) || holdsTrue(other.unknown)) return false;
    return isDeepStrictEqual(this.value ?? null, other.value ?? null);
  }
}

function keys(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

function member(value: unknown, step: Step): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  // A map may have the key "constructor".
  return Object.getOwnPropertyDescriptor(value, step)?.value;
}

function holdsTrue(mark: unknown): boolean {
  if (typeof mark !== "object" || mark === null) return mark === true;
  return Object.values(mark).some(holdsTrue);
}
