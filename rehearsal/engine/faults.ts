import type { Attributes } from "./behaviour";
import { isRecord } from "./record";
import type { Faults } from "./settings";

/** How often each failure has happened. */
const happened = new WeakMap<Faults, Map<string, number>>();

/** The error message with which this create or update must fail; undefined when it must not. */
export function injectedFailure(faults: Faults, type: string, planned: Attributes): string | undefined {
  for (const [target, message] of Object.entries(faults.fail ?? {})) {
    const [wantedType, name] = splitOnce(target);
    if (wantedType === type && (name === undefined || namesOf(planned).includes(name)))
      return isOver(faults, target) ? undefined : message;
  }
  return undefined;
}

/** Counts one more time. */
function isOver(faults: Faults, target: string): boolean {
  const times = happened.get(faults) ?? new Map<string, number>();
  happened.set(faults, times.set(target, (times.get(target) ?? 0) + 1));
  return (times.get(target) ?? 0) > (faults.failTimes ?? Infinity);
}

function splitOnce(target: string): [string, string | undefined] {
  const at = target.indexOf("=");
  return at < 0 ? [target, undefined] : [target.slice(0, at), target.slice(at + 1)];
}

/** AWS has no one attribute for names: any text of the top level counts, and the Name tag. */
function namesOf(planned: Attributes): unknown[] {
  const tags = planned["tags"];
  return [...Object.values(planned), isRecord(tags) ? tags["Name"] : undefined];
}
