import type { PlanReading } from "../run/plan";

/** In one sentence, what differs without being changed by this plan; undefined if nothing does. */
export function otherDrift({ drift, changes }: PlanReading): string | undefined {
  const addresses = new Set(changes.map(({ address }) => address));
  const others = drift.filter(({ address }) => !addresses.has(address));
  const gone = others.filter(({ action }) => action === "delete").length;
  const filled = others.length - gone;
  const parts = [
    ...(filled === 0 ? [] : [`${objects(filled, "has", "have")} values that Terraform did not set`]),
    ...(gone === 0 ? [] : [`${objects(gone, "was", "were")} deleted outside Terraform`]),
  ];
  return parts.length === 0 ? undefined : parts.join(", and ");
}

function objects(count: number, one: string, several: string): string {
  return count === 1 ? `1 object ${one}` : `${count} objects ${several}`;
}
