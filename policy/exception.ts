import type { Violation } from "./rule";

/** An accepted violation, until a date on which it is reviewed. */
export interface Exception<Id extends string = string> {
  readonly rule: Id;
  readonly layer: string;
  /** Address of the resource; `*` stands for any text. */
  readonly address: string;
  /** Scale profiles that it applies to; unset: all. */
  readonly scaleProfiles?: readonly string[];
  readonly reason: string;
  /** The team that reviews it. */
  readonly owner: string;
  /** Last day on which it is valid, e.g. `2027-06-30`. */
  readonly expires: string;
}

/** Whether an exception is about a violation, expired or not. */
export function covers(exception: Exception, violation: Violation, scaleProfile: string): boolean {
  const { rule, layer, address, scaleProfiles } = exception;
  return (
    rule === violation.rule.id &&
    layer === violation.layer &&
    matches(address, violation.address) &&
    (scaleProfiles?.includes(scaleProfile) ?? true)
  );
}

/** Whether an exception's last day is over. */
export function isExpired({ expires }: Exception, now: Date): boolean {
  return now.toISOString().slice(0, "2027-06-30".length) > expires;
}

/** Whether an address is one that a pattern with `*` means. */
export function matches(pattern: string, address: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.[\]]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(address);
}
