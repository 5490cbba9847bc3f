import type { AnyLayer } from "../../../../lib/layer/layer";
import { isStateStored } from "../../aws/state-object";
import { readState, type StateText, type StateVersion, stateVersions } from "../../aws/state-versions";
import type { Run } from "../../run/run";
import { readStoredState } from "../../terraform/stored-state";
import { lastKnown, type LastKnown } from "./last-known";

/** What is wrong with a layer's state. */
export type Trouble =
  | {
      readonly kind: "damaged";
      /** A clause. */
      readonly reason: string;
      readonly text: string;
      readonly etag: string;
      readonly written: Date | undefined;
    }
  /** It is an older one than a run has left. */
  | {
      readonly kind: "older";
      readonly serial: number;
      readonly text: string;
      readonly etag: string;
      readonly written: Date | undefined;
      readonly last: LastKnown;
    }
  /** There is none, though there was one. */
  | {
      readonly kind: "lost";
      readonly deleted: Date | undefined;
      readonly last: Last;
    };

/** The last that is known of a state that is gone. */
export type Last =
  | {
      readonly by: "version";
      readonly version: StateVersion;
      readonly serial?: number;
      readonly objects?: number;
    }
  | ({ readonly by: "journal" } & LastKnown);

/**
 * Looks at a layer's state, which may have been `read` already. Undefined: it is whole; or there is none, and nothing says that there was one, or that it had objects;
 * or it cannot be read, of which Terraform says more.
 */
export async function troubleOf(
  run: Run,
  layer: Pick<AnyLayer, "name">,
  read?: Awaited<ReturnType<typeof readState>>,
): Promise<Trouble | undefined> {
  if (run.rehearsal !== undefined) return troubleInRehearsal(run, layer);
  const found = read ?? (await readState(run, layer.name));
  if (!("fault" in found)) return damageOf(found) ?? (await returnOf(run, layer, found));
  return (await isAbsent(run, layer, found.fault.code)) ? lossOf(run, layer) : undefined;
}

/**
 * Whether S3's answer to a reading is that there is no state. Without the right to list the whole bucket, it denies to read what is not there;
 * the list below the region's prefix tells.
 */
export async function isAbsent(run: Run, { name }: Pick<AnyLayer, "name">, code: string): Promise<boolean> {
  return code === "NoSuchKey" || (code === "AccessDenied" && (await isStateStored(run, name)) === false);
}

/** Whether an earlier version has taken its place: what it lacks would be created once more. */
async function returnOf(
  run: Run,
  layer: Pick<AnyLayer, "name">,
  found: StateText,
): Promise<Trouble | undefined> {
  const state = readStoredState(found.text);
  const last = await lastKnown(run, layer);
  if (typeof state === "string" || last?.lineage === undefined) return undefined;
  const { serial, lineage } = state;
  return last.lineage === lineage && serial < last.serial
    ? { kind: "older", serial, ...found, last }
    : undefined;
}

function damageOf(found: StateText): Trouble | undefined {
  const state = readStoredState(found.text);
  return typeof state === "string" ? { kind: "damaged", reason: state, ...found } : undefined;
}

/** The bucket of a rehearsal keeps no versions. */
function troubleInRehearsal(
  { loaded, rehearsal }: Run,
  { name }: Pick<AnyLayer, "name">,
): Trouble | undefined {
  const { region, name: environment, state } = loaded.environment;
  const text = rehearsal?.stored(state.bucket, `${region}/${name}/${environment}`);
  return text === undefined ? undefined : damageOf({ text, etag: "", written: undefined });
}

async function lossOf(run: Run, layer: Pick<AnyLayer, "name">): Promise<Trouble | undefined> {
  const history = await stateVersions(run, layer.name);
  const kept = "fault" in history ? { versions: [], deleted: undefined } : history;
  const { versions, deleted } = kept;
  const [version] = versions;
  if (version === undefined) {
    const known = await lastKnown(run, layer);
    return known && { kind: "lost", deleted, last: { by: "journal", ...known } };
  }
  // It was written meanwhile.
  if (deleted === undefined) return undefined;
  const read = await readState(run, layer.name, version.id);
  const state = "fault" in read ? undefined : readStoredState(read.text);
  if (state === undefined || typeof state === "string")
    return { kind: "lost", deleted, last: { by: "version", version } };
  const { serial, objects } = state;
  if (objects.length === 0) return undefined;
  return { kind: "lost", deleted, last: { by: "version", version, serial, objects: objects.length } };
}
