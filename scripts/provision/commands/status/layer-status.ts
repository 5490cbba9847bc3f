import { z } from "zod";
import type { AnyLayer } from "../../../../lib/layer/layer";
import type { LayerJson } from "../../../../synthesis/environment";
import { jsonOrUndefined } from "../../run/json";
import { faultText } from "../../aws/fault";
import { readStateObject } from "../../aws/state-object";
import type { Stored } from "../../aws/state-objects";
import { readState } from "../../aws/state-versions";
import { recoverLine } from "../../run/recover-line";
import type { Run } from "../../run/run";
import { troubleText } from "../../runner/stored-states/guard";
import { type Trouble, troubleOf } from "../../runner/stored-states/look";
import { type PendingChanges, pendingChanges } from "../../terraform/pending-changes";
import { readStoredState, type StoredState } from "../../terraform/stored-state";
import type { AppliedBy } from "./applied-by";
import type { LockStatus } from "./environment-lock";

/** Why a plan refuses a layer; its state is gone, or an older one than a run has left, or says nothing. */
type Fault = "gone" | "older" | "unreadable";

/** A run that holds the lock of a layer's state. */
interface Lock {
  readonly who: string;
  /** As Terraform names it, e.g. `OperationTypeApply`. */
  readonly operation: string;
  readonly since: string;
}

/** What the state bucket says of one layer. */
export interface LayerStatus {
  readonly layer: string;
  readonly status: "applied" | "incomplete" | "destroyed" | "not applied" | "no resources" | Fault;
  /** Sentences for the operator: what is incomplete, or why it cannot be read. */
  readonly notes: readonly string[];
  readonly serial?: number;
  readonly terraformVersion?: string;
  /** When the state was last written, as ISO 8601. */
  readonly lastModified?: string;
  /** Objects that Terraform manages. */
  readonly resources?: number;
  readonly pending?: PendingChanges;
  readonly lock?: Lock;
  /** The run that last applied it, by the journal; unset where that says nothing. */
  readonly applied?: AppliedBy;
}

/** Layers of the environment, and what its bucket has besides. */
export interface EnvironmentStatus {
  readonly layers: readonly LayerStatus[];
  /** Layers with a state of this environment that its file does not have. */
  readonly leftovers: readonly LayerStatus[];
  /** Sentences about the bucket, and about the lock of the environment. */
  readonly notes: readonly string[];
  /** Unset if no run has locked the environment. */
  readonly lock?: LockStatus["lock"];
}

const lockShape = z.object({ Who: z.string(), Operation: z.string(), Created: z.string() });

/** Reads the state and the lock of one layer; `json` is unset for what is in the bucket alone. */
export async function statusOf(
  run: Run,
  stored: Stored,
  of: { readonly layer: string; readonly outputs: AnyLayer["outputs"]; readonly json: LayerJson },
): Promise<LayerStatus> {
  const { layer, json } = of;
  const lock = stored.locks.has(layer) ? await readLock(run, layer, stored.locks.get(layer)) : undefined;
  const locked = lock === undefined ? {} : { lock };
  if (!stored.states.has(layer)) return { ...(await withoutState(run, of)), ...locked };
  const written = stored.states.get(layer);
  const times = written === undefined ? {} : { lastModified: written.toISOString() };
  const object = await readState(run, layer);
  const trouble = "fault" in object ? undefined : await troubleOf(run, { name: layer }, object);
  if (trouble !== undefined) return { ...troubledStatus(run, layer, trouble), ...times, ...locked };
  const state = "fault" in object ? faultText(object.fault) : readStoredState(object.text);
  if (typeof state === "string")
    return {
      layer,
      status: "unreadable",
      notes: [`its state cannot be read: ${state}`],
      ...times,
      ...locked,
    };
  const { serial, terraformVersion } = state;
  return {
    ...{ layer, ...kindOf(of, state), serial, ...times, resources: state.objects.length },
    ...(terraformVersion === undefined ? {} : { terraformVersion }),
    ...{ pending: pendingChanges(json, state), ...locked },
  };
}

async function withoutState(
  run: Run,
  { layer, json }: { readonly layer: string; readonly json: LayerJson },
): Promise<LayerStatus> {
  const trouble = await troubleOf(run, { name: layer });
  if (trouble !== undefined) return troubledStatus(run, layer, trouble);
  const pending = pendingChanges(json, undefined);
  const status = pending.create.length === 0 ? "no resources" : "not applied";
  return { layer, status, notes: [], pending };
}

/** What is pending is unknown then: a plan would be refused. */
function troubledStatus(run: Run, layer: string, trouble: Trouble): LayerStatus {
  const status = ({ lost: "gone", older: "older", damaged: "unreadable" } as const)[trouble.kind];
  const isSelectable = run.layers.some(({ name }) => name === layer);
  const recover = `to restore an earlier version of its state, run: ${recoverLine(run, { name: layer })}`;
  return { layer, status, notes: [troubleText(trouble), ...(isSelectable ? [recover] : [])] };
}

function kindOf(
  { outputs, json }: { readonly outputs: AnyLayer["outputs"]; readonly json: LayerJson },
  { objects, outputs: found }: StoredState,
): Pick<LayerStatus, "status" | "notes"> {
  const wanted = Object.keys(json.resource ?? {}).length > 0;
  if (objects.length === 0) return { status: wanted ? "destroyed" : "no resources", notes: [] };
  const missing = Object.keys(outputs).filter((name) => !found.includes(name));
  const faulty = (fault: string) => objects.filter((object) => object.fault === fault);
  const notes = [
    ...faulty("tainted").map(
      ({ address }) => `${address} is tainted: the next apply replaces it, unless AWS calls it healthy`,
    ),
    ...faulty("deposed").map(({ address }) => `${address} was replaced, but the old object still exists`),
    ...(missing.length === 0
      ? []
      : [`its state has no output ${missing.join(", ")}: apply has not finished`]),
  ];
  return { status: notes.length === 0 ? "applied" : "incomplete", notes };
}

/** Who holds a lock; a lock that is gone in the meantime, or cannot be read, is told by its time alone. */
async function readLock(run: Run, layer: string, written: Date | undefined): Promise<Lock> {
  const object = await readStateObject(run, { layer, kind: "lock" });
  const read = lockShape.safeParse("text" in object ? jsonOrUndefined(object.text) : undefined);
  if (!read.success) return { who: "unknown", operation: "unknown", since: written?.toISOString() ?? "" };
  const { Who: who, Operation: operation, Created } = read.data;
  return { who, operation, since: Created };
}
