import { awsFailure } from "../../aws/failure";
import { readState, type StateVersion, stateVersions } from "../../aws/state-versions";
import type { Run } from "../../run/run";
import { minuteOf } from "../../screen/minute";
import { readStateHead, type StateHead } from "../../terraform/state";
import { readStoredState } from "../../terraform/stored-state";

/** A version of a state that can be restored. */
export interface WholeVersion extends StateVersion {
  readonly text: string;
  readonly head: StateHead;
}

/** A version of a state, or why it cannot be restored. */
export type Candidate = WholeVersion | (StateVersion & { readonly reason: string });

/** As many are read and shown; others are restored by their IDs. */
const shown = 10;

/** The newest versions of a layer's state in the bucket, and the one that is wanted. */
export async function candidates(run: Run, layer: string, wanted?: string): Promise<readonly Candidate[]> {
  const history = await stateVersions(run, layer);
  if ("fault" in history)
    throw awsFailure(run, `list the versions of the state of "${layer}"`, history.fault);
  const { versions } = history;
  const chosen = versions.filter(({ id }, index) => index < shown || id === wanted);
  return Promise.all(chosen.map((version) => candidate(run, layer, version)));
}

async function candidate(run: Run, layer: string, version: StateVersion): Promise<Candidate> {
  const read = await readState(run, layer, version.id);
  if ("fault" in read) return { ...version, reason: read.fault.message };
  const state = readStoredState(read.text);
  if (typeof state === "string") return { ...version, reason: state };
  const head = headOf(read.text);
  return head === undefined
    ? { ...version, reason: "the object is not a Terraform state" }
    : { ...version, text: read.text, head };
}

function headOf(text: string): StateHead | undefined {
  try {
    return readStateHead(text);
  } catch {
    return undefined;
  }
}

/** The one of the highest serial: it may be older than one that was put in its place. */
export function latest(found: readonly Candidate[], lineage: string | undefined): WholeVersion | undefined {
  const whole = found.filter((each): each is WholeVersion => "head" in each && each.head.lineage === lineage);
  return whole.toSorted((one, other) => other.head.serial - one.head.serial)[0];
}

/** One line about a version. */
export function versionLine(version: Candidate): string {
  const written = version.written === undefined ? "" : `${minuteOf(version.written)}  `;
  if ("reason" in version) return `  ${written}cannot be restored: ${version.reason}  ${version.id}`;
  const { serial, objects } = version.head;
  return `  ${written}serial ${serial}, ${objects} ${objects === 1 ? "object" : "objects"}  ${version.id}`;
}
