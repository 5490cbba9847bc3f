import type { Change } from "../run/plan";
import { contentsOf } from "../terraform/stateful";

/** What a change means for what is there, the most dangerous first. */
export const risks = ["data loss", "replacement", "deletion", "in place", "state only", "creation"] as const;

/** One of `risks`. */
export type Risk = (typeof risks)[number];

const ofAction: Readonly<Record<string, Risk>> = {
  create: "creation",
  replace: "replacement",
  delete: "deletion",
  import: "state only",
  move: "state only",
  remove: "state only",
};

/** What a change means for what is there; an action that is not known counts as a change in place. */
export function riskOf({ action, type }: Change): Risk {
  const risk = ofAction[action] ?? "in place";
  const ends = risk === "replacement" || risk === "deletion";
  return ends && contentsOf(type) !== undefined ? "data loss" : risk;
}
