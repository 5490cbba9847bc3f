import type { AnyLayer } from "../../../lib/layer/layer";
import { readStateObject } from "../aws/state-object";
import type { Outcome, Serials } from "../run/outcome";
import type { Run } from "../run/run";
import { readStoredState, type StoredState } from "../terraform/stored-state";

/** Outcomes after which the state is what it was. */
const untouched: readonly Outcome["kind"][] = ["unchanged", "nothing to destroy", "declined", "refused"];

/**
 * Reads serial and lineage of a layer's state while its step begins; the returned function reads them again at the end. For the journal
 * alone: whatever goes wrong, it is left out.
 */
export function stateSerials(run: Run, layer: AnyLayer): (kind: Outcome["kind"]) => Promise<Serials> {
  const { command, commands } = run.request;
  const changes = commands.some(({ name, uses }) => name === command && uses.changes === true);
  if (!changes) return () => Promise.resolve({});
  const before = readHead(run, layer);
  return async (kind) => {
    const first = await before;
    const last = untouched.includes(kind) ? first : await readHead(run, layer);
    return {
      ...(first === undefined ? {} : { before: first.serial }),
      ...(last === undefined ? {} : { after: last.serial }),
      ...(last?.lineage === undefined ? {} : { lineage: last.lineage }),
    };
  };
}

async function readHead(
  run: Run,
  { name }: AnyLayer,
): Promise<Pick<StoredState, "serial" | "lineage"> | undefined> {
  try {
    const object = await readStateObject(run, { layer: name, kind: "state", patience: "suggestion" });
    const state = "fault" in object ? "" : readStoredState(object.text);
    return typeof state === "string" ? undefined : state;
  } catch {
    return undefined;
  }
}
