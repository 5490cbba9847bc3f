import type { Violation } from "./judgement";

/** A violation that is meant to be, until a day on which somebody looks at it again. */
export interface Exception<Id extends string = string> {
  readonly rule: Id;
  readonly layer: string;
  /** Address of the resource; `*` stands for any text. */
  readonly address: string;
  /** Scale profiles that it is for; unset: all. */
  readonly scaleProfiles?: readonly string[];
  readonly reason: string;
  /** Who decides whether it still holds. */
  readonly owner: string;
  /** Last day on which it holds, e.g. `2027-06-30`. */
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

function matches(pattern: string, address: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.[\]]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(address);
}
