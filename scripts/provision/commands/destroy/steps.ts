import type { Run } from "../../run/run";
import { hooksAround } from "../../runner/announce-hooks";
import type { GuardLift } from "../../terraform/deletion-guards";
import { type EndingObject, finalSnapshotOf } from "./ending-objects";
import { keyText } from "./remaining";

/** What a destroy of a layer does beside the changes in its plan. */
export interface Beside {
  /** Addresses whose protection is disabled; empty where none is on, or where that is done already. */
  readonly guarded: readonly string[];
  /** Of what is in the state alone. */
  readonly lift: GuardLift | undefined;
  readonly ending: readonly EndingObject[];
}

/** Tells, before anything is agreed to, which commands of the operator's own run around the layers. */
export function announceHooks(run: Run): void {
  const layers = run.selected.map(({ name }) => name).toReversed();
  const titles = [undefined, ...layers].flatMap((layer) => hooksAround(run, layer));
  if (titles.length > 0) run.events.note(`Hooks of this destroy: ${titles.join(", ")}`);
}

/** Tells, below the plan, what is done before it and what it leaves. */
export function showSteps({ events, loaded }: Run, { guarded, lift, ending }: Beside): void {
  const off = [...guarded, ...(lift?.addresses ?? [])];
  const buckets = ending.filter(({ type }) => type === "aws_s3_bucket").map(({ address }) => address);
  const steps = [
    ...(off.length === 0 ? [] : [`deletion protection and log delivery are disabled: ${off.join(", ")}`]),
    ...(buckets.length === 0
      ? []
      : [`every version of every object is deleted, unless the bucket must be empty: ${buckets.join(", ")}`]),
  ];
  const { region } = loaded.environment;
  const left = ending.flatMap((object) => {
    const snapshot = finalSnapshotOf(object);
    const key = keyText(object, region);
    return [
      ...(snapshot === undefined ? [] : [`the final snapshot ${snapshot}`]),
      ...(key ? [key.left] : []),
    ];
  });
  for (const step of steps) events.note(`Before: ${step}`);
  for (const each of left) events.note(`It leaves ${each}`);
}
