import type { LayerJson } from "../environment";
import { readReferences } from "../references";
import type { Arguments } from "../resource";
import { type Schedule, schedule, type Task } from "./schedule";

/** Terraform's own default of -parallelism. */
const parallelism = 10;

/** A change of one object, as a plan has it. */
export interface TimedChange {
  readonly address: string;
  readonly type: string;
  readonly action: string;
}

/** The creation of everything in a layer. */
export function creations(json: LayerJson): readonly TimedChange[] {
  return Object.entries(json.resource ?? {}).flatMap(([type, byName]) =>
    Object.keys(byName).map((name) => ({ address: `${type}.${name}`, type, action: "create" })),
  );
}

/** Schedules changes of a layer, as Terraform does it: an object is deleted after those that refer to it. */
export function scheduleChanges(
  json: LayerJson,
  changes: readonly TimedChange[],
  secondsOf: (change: TimedChange, given: Arguments) => number,
): Schedule {
  const blocks = changes.map((change) => ({ change, block: blockOf(change.address) }));
  const needs = new Map(blocks.map(({ block }) => [block, dependencies(argumentsOf(json, block))]));
  const tasks = blocks.map(({ change, block }): Task => {
    const isAfter = (other: (typeof blocks)[number]) =>
      other.block !== block &&
      (isDeleted(change)
        ? isDeleted(other.change) && needs.get(other.block)?.includes(block) === true
        : !isDeleted(other.change) && needs.get(block)?.includes(other.block) === true);
    const after = blocks.filter(isAfter).map((other) => other.change.address);
    return { name: change.address, seconds: secondsOf(change, argumentsOf(json, block)), after };
  });
  return schedule(tasks, parallelism);
}

/** The arguments of a resource; of one that the layer no longer has, none. */
export function argumentsOf(json: LayerJson, address: string): Arguments {
  const block = blockOf(address);
  const dot = block.indexOf(".");
  return json.resource?.[block.slice(0, dot)]?.[block.slice(dot + 1)] ?? {};
}

/** The address of a resource's block, without the key of one instance. */
function blockOf(address: string): string {
  return address.replace(/\[.*$/, "");
}

function isDeleted({ action }: TimedChange): boolean {
  return action === "delete";
}

function dependencies(given: Arguments): string[] {
  const named = readReferences(given).flatMap((reference) =>
    "address" in reference ? [reference.address] : [],
  );
  const { depends_on: explicit = [] } = given;
  return [...named, ...(Array.isArray(explicit) ? explicit.map(String) : [])];
}
