import type { Run } from "../run/run";
import { hooksAt, hooksOf, titleOf } from "./hook-points";

/** Says which hooks a rehearsal leaves out, because they could touch what is real. */
export function announceSkippedHooks(run: Run): void {
  const { command, rehearse } = run.request;
  const skipped = hooksOf(run).filter(
    ({ during }) => command === "rehearse" || during.some((one) => one === command),
  );
  if (!rehearse || skipped.length === 0) return;
  const text = `Hooks are not run in a rehearsal: ${skipped.map(titleOf).join(", ")}`;
  run.events.note(text, "warning");
}

/** The titles of the hooks around one layer, or around all, in this run; a rehearsal runs none. */
export function hooksAround(run: Run, layer: string | undefined): readonly string[] {
  return (["before", "after"] as const).flatMap((when) => hooksAt(run, layer, when).map(titleOf));
}
