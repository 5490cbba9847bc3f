import type { AttributeChange, PlannedValue } from "../run/plan";
import { pairElements } from "./element-pairs";
import { PlanSide, type Step } from "./plan-side";

/** Two values, and what is known of their difference. */
export interface Difference {
  readonly before: PlanSide;
  readonly after: PlanSide;
  /** Paths whose change forces a replacement. */
  readonly replacePaths: readonly (readonly Step[])[];
  /** Masks secrets that neither Terraform nor a provider knows of. */
  readonly mask: (text: string) => string;
}

/** Two sides that differ, not compared any further. */
interface Differing {
  readonly steps: readonly Step[];
  readonly before: PlanSide;
  readonly after: PlanSide;
}

/** Every value that differs, is known after apply only, or forces a replacement; without those marked as sensitive. */
export function attributeChanges(difference: Difference): readonly AttributeChange[] {
  const { mask } = difference;
  const differing = compare([], difference.before, difference.after);
  const paths = difference.replacePaths.map((path) => forcingPath(path, differing));
  const forces = ({ steps }: Differing) => paths.some((path) => meet(steps, path));
  const unseen = paths
    .filter((path) => !differing.some(({ steps }) => meet(steps, path)))
    .map((steps) => ({ steps, before: at(difference.before, steps), after: at(difference.after, steps) }));
  return [...differing, ...unseen].map((found) => ({
    path: mask(pathText(found.steps)),
    before: plannedValue(found.before, mask),
    after: plannedValue(found.after, mask),
    forcesReplacement: forces(found),
  }));
}

function compare(steps: readonly Step[], before: PlanSide, after: PlanSide): readonly Differing[] {
  if (before.isMasked || after.isMasked) return compareMasked(steps, before, after);
  if (before.isSame(after)) return [];
  if (before.elements && after.elements) return compareLists(steps, before, after);
  const present = [before, after].filter(({ isAbsent }) => !isAbsent);
  const names = present.every(({ isObject }) => isObject)
    ? [...new Set(present.flatMap((side) => side.names))]
    : [];
  if (names.length === 0) return [{ steps, before, after }];
  return names.flatMap((name) => compare([...steps, name], before.part(name), after.part(name)));
}

/** What is sensitive on one side is on the other, too: a value that was sensitive until now is still a secret. */
function compareMasked(steps: readonly Step[], before: PlanSide, after: PlanSide): readonly Differing[] {
  if (before.isSame(after) && before.isMasked === after.isMasked) return [];
  return [{ steps, before: before.masked, after: after.masked }];
}

function compareLists(steps: readonly Step[], before: PlanSide, after: PlanSide): readonly Differing[] {
  const former = before.elements ?? [];
  const latter = after.elements ?? [];
  const pairs = pairElements(former, latter);
  // The same elements in another order, or an empty list instead of none.
  if (pairs.length === 0) return [{ steps, before, after }];
  const element = (sides: readonly PlanSide[], index?: number) =>
    index === undefined ? new PlanSide() : (sides[index] ?? new PlanSide());
  return pairs.flatMap((pair) =>
    compare(
      [...steps, pair.after ?? pair.before ?? 0],
      element(former, pair.before),
      element(latter, pair.after),
    ),
  );
}

function plannedValue(side: PlanSide, mask: (text: string) => string): PlannedValue {
  if (side.isAbsent) return { kind: "absent" };
  if (side.holdsSecret) return { kind: "sensitive" };
  if (side.unknown === true) return { kind: "unknown" };
  return { kind: "value", value: maskedDeep(side.value, mask) };
}

function maskedDeep(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskedDeep(item, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key), maskedDeep(item, mask)]));
}

function at(side: PlanSide, steps: readonly Step[]): PlanSide {
  return steps.reduce((found, step) => found.part(step), side);
}

/** A path that forces a replacement, or the attribute that it is in, where elements are counted otherwise. */
function forcingPath(path: readonly Step[], differing: readonly Differing[]): readonly Step[] {
  return differing.some(({ steps }) => meet(steps, path)) ? path : path.slice(0, 1);
}

/** Whether one of two paths is in the other. */
function meet(one: readonly Step[], other: readonly Step[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((step, index) => step === other[index]);
}

/** A path as Terraform writes it. */
function pathText(steps: readonly Step[]): string {
  const text = steps.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    return /^[A-Za-z_][\w-]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return text.join("").replace(/^\./, "");
}
