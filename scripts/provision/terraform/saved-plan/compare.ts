import type { AttributeChange, PlannedChange, PlanReading } from "../../run/plan";
import { shortDigest } from "../../run/plan";

/** What a saved plan and one of today would do differently, line by line; none when they would do the same. */
export function planDifferences(saved: PlanReading, today: PlanReading): readonly string[] {
  if (saved.digest === today.digest) return [];
  const before = byAddress(saved);
  const now = byAddress(today);
  const gone = [...before].flatMap(([key, change]) =>
    now.has(key) ? [] : [`- ${change.address}: ${change.action}, in the saved plan only`],
  );
  const added = [...now].flatMap(([key, change]) =>
    before.has(key) ? [] : [`+ ${change.address}: ${change.action}, today only`],
  );
  const others = [...now].flatMap(([key, change]) => changed(before.get(key), change));
  const outputs = JSON.stringify(saved.outputs) === JSON.stringify(today.outputs) ? [] : ["~ outputs"];
  const lines = [...gone, ...added, ...others, ...outputs];
  // Values that are masked on both sides look the same.
  return lines.length === 0 ? ["~ values that are secret"] : lines;
}

/** How a layer's plan of today compares, as sentences. */
export function comparison(saved: PlanReading, today: PlanReading): readonly string[] {
  if (!today.pending) return ["Planned today, nothing would change"];
  const name = `plan ${shortDigest(today.digest ?? "")}`;
  const lines = planDifferences(saved, today);
  if (lines.length === 0) return [`Today's plan would do the same (${name})`];
  return [`Today's plan would do something else (${name}):`, ...lines.map((line) => `  ${line}`)];
}

function byAddress({ changes }: PlanReading): ReadonlyMap<string, PlannedChange> {
  return new Map(
    changes.map((change) => [`${change.address} ${change.reason === "deposed" ? "deposed" : ""}`, change]),
  );
}

function changed(before: PlannedChange | undefined, now: PlannedChange): readonly string[] {
  if (before === undefined) return [];
  if (before.action !== now.action) return [`~ ${now.address}: ${now.action}, was ${before.action}`];
  // Of what goes, the values do not matter.
  if (now.action === "delete" || now.action === "remove") return [];
  const values = (one: AttributeChange | undefined) =>
    JSON.stringify([one?.before, one?.after, one?.forcesReplacement]);
  const former = new Map(before.attributes.map((one) => [one.path, one]));
  const latter = new Map(now.attributes.map((one) => [one.path, one]));
  const paths = [...new Set([...former.keys(), ...latter.keys()])].filter(
    (path) => values(former.get(path)) !== values(latter.get(path)),
  );
  return paths.length === 0 ? [] : [`~ ${now.address}: ${paths.join(", ")}`];
}
