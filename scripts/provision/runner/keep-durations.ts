import { Durations } from "../run/durations";
import type { RunEvent } from "../run/events";
import type { Clock } from "../world/index";
import type { Run } from "../run/run";
import { ExpectedTime } from "./expected-time";

/** Expects times from earlier runs, and keeps those of this one; undefined where no real services take their time. */
export function expectTimes({
  world,
  request,
  folders,
  events,
  records,
}: Pick<Run, "world" | "request" | "folders" | "events" | "records">): ExpectedTime | undefined {
  if (request.rehearse || !["apply", "destroy"].includes(request.command)) return undefined;
  const durations = new Durations(records, `${folders.own}/durations.json`);
  const expected = new ExpectedTime(world.files, folders.synthesised, durations);
  events.listen(keepDurations(world.clock, durations, expected));
  return expected;
}

/** Keeps how long each change takes, and which layers exist, for the runs to come; after every layer, so that an interrupt loses little. */
export function keepDurations(
  clock: Clock,
  durations: Durations,
  expected: ExpectedTime,
): (event: RunEvent) => void {
  const begun = new Map<string, number>();
  let isDirty = false;
  return (event) => {
    if (event.type === "object began") begun.set(event.change.address, clock.seconds());
    if (event.type === "object changed") {
      const began = begun.get(event.change.address);
      if (began === undefined) return;
      durations.add(expected.kindOf(event.layer, event.change), clock.seconds() - began);
      isDirty = true;
    }
    if (event.type !== "layer ended" || event.row.preparation !== undefined) return;
    const { layer, kind } = event.row;
    const exists = { applied: true, unchanged: true, destroyed: false, "nothing to destroy": false }[
      kind as string
    ];
    if (exists !== undefined && durations.hasApplied(layer) !== exists) {
      durations.setApplied(layer, exists);
      isDirty = true;
    }
    if (!isDirty) return;
    isDirty = false;
    durations.write();
  };
}
