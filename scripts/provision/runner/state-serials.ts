import type { AnyLayer } from "../../../lib/layer/layer";
import { readStateObject } from "../aws/state-object";
import { missingCreations } from "../run/missing-creations";
import type { Outcome, Serials } from "../run/outcome";
import { bootstrapLayer, type Run } from "../run/run";
import { readStoredState, type StoredState } from "../terraform/stored-state";

/** Outcomes after which the state is what it was. */
const untouched: readonly Outcome["kind"][] = ["unchanged", "nothing to destroy", "declined"];

/** Outcomes after which objects may be in no state. */
const cutOff: readonly Outcome["kind"][] = ["failed", "interrupted", "refused"];

/**
 * Reads serial and lineage of a layer's state while its step begins; the returned function reads them again at the end, and whether it lacks
 * what was created. Serials are for the journal alone: what cannot be read is left out.
 */
export function stateSerials(run: Run, layer: AnyLayer): (kind: Outcome["kind"]) => Promise<Serials> {
  const { command, commands } = run.request;
  const changes = commands.some(({ name, uses }) => name === command && uses.changes === true);
  if (!changes) return () => Promise.resolve({});
  const before = readState(run, layer);
  return async (kind) => {
    const first = await before;
    const last = untouched.includes(kind) ? first : await readState(run, layer);
    return {
      ...(first === undefined ? {} : { before: first.serial }),
      ...(last === undefined ? {} : { after: last.serial }),
      ...(last?.lineage === undefined ? {} : { lineage: last.lineage }),
      ...(cutOff.includes(kind) && lacksCreations(run, layer, last) ? { lacks: true as const } : {}),
    };
  };
}

/** Whether the state of a layer lacks something that runs on this machine have begun to create, or it is not known. */
export async function mayLackObjects(run: Run, layer: AnyLayer): Promise<boolean> {
  const isBegun = missingCreations(run, layer, new Map()).length > 0;
  return isBegun && lacksCreations(run, layer, await readState(run, layer));
}

/** Whether the state lacks something that was begun, or it is not known. */
function lacksCreations(run: Run, layer: AnyLayer, state: StoredState | undefined): boolean {
  // Its state is a file on this machine as long as there is no bucket.
  if (layer === bootstrapLayer(run)) return false;
  const objects = state?.objects.filter(({ fault }) => fault !== "deposed") ?? [];
  const known = new Map(
    objects.map(({ address, index, attributes }) => [`${address}${index}`, attributes["id"]] as const),
  );
  return missingCreations(run, layer, known).length > 0;
}

async function readState(run: Run, { name }: AnyLayer): Promise<StoredState | undefined> {
  try {
    const object = await readStateObject(run, { layer: name, kind: "state", patience: "suggestion" });
    const state = "fault" in object ? "" : readStoredState(object.text);
    return typeof state === "string" ? undefined : state;
  } catch {
    return undefined;
  }
}
