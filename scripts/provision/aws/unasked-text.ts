import type { Unasked } from "./unasked";

/** What was not looked for, in one line for each reason. */
export function unaskedLines(unasked: readonly Unasked[]): readonly string[] {
  return byReason(unasked).map(({ about, reason }) => `Not looked for: ${about}; ${reason}`);
}

/** The same in half a sentence. */
export function unaskedText(unasked: readonly Unasked[]): string {
  return byReason(unasked)
    .map(({ about, reason }) => `${about} could not be looked for, ${reason}`)
    .join("; ");
}

function byReason(
  unasked: readonly Unasked[],
): readonly { readonly about: string; readonly reason: string }[] {
  return [...new Set(unasked.map(({ because }) => because))].map((reason) => {
    const about = unasked.filter(({ because }) => because === reason).map((one) => one.about);
    return { about: [...new Set(about)].join(", "), reason };
  });
}

/** What the operator can do about all of it. */
export function curesOf(unasked: readonly Unasked[]): string {
  return [...new Set(unasked.map(({ cure }) => cure))].join("; ");
}
