import { PlanSide } from "./plan-side";

/** Shorter values occur in ordinary text. */
const shortestPart = 12;
const shortestWhole = 6;

/** The parts of a planned change that its secrets are read from. */
export interface MarkedChange {
  readonly before?: unknown;
  readonly after?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
}

/**
 * Masks values that a plan marks as sensitive wherever else they are in it. Providers copy values without their marks:
 * `tags_all` contains a sensitive tag in plain text.
 */
export function maskMarked(changes: readonly MarkedChange[]): (text: string) => string {
  const marked = changes.flatMap((change) => [
    ...secretTexts(new PlanSide(change.before, change.before_sensitive)),
    ...secretTexts(new PlanSide(change.after, change.after_sensitive)),
  ]);
  const whole = new Set(marked.filter((secret) => secret.length >= shortestWhole));
  // A secret can contain another one.
  const parts = [...whole]
    .filter((secret) => secret.length >= shortestPart)
    // In JSON, it has other characters.
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .toSorted((one, other) => other.length - one.length);
  return (text) => {
    if (whole.has(text)) return "***";
    return parts.reduce((masked, secret) => masked.replaceAll(secret, "***"), text);
  };
}

function secretTexts(side: PlanSide): readonly string[] {
  if (!side.holdsSecret) return [];
  if (side.isMasked) return texts(side.value);
  return [...side.names, ...(side.elements ?? []).keys()].flatMap((step) => secretTexts(side.part(step)));
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}
