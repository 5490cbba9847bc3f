import { runInProgress } from "../../../run/in-progress";
import { recoverLine } from "../../../run/recover-line";
import type { Verdict } from "../../../run/verdict";
import { minuteOf } from "../../../screen/minute";
import { runningIn } from "../../../terraform/earlier-process";
import { layerFolders } from "../../../terraform/layer-folders";
import { removedLayers } from "../../../terraform/removed-layers";
import { cutOffRun, cutOffText } from "../../../runner/cut-off-run";
import { storedJournals } from "../../../runner/read-journals";
import { mayLackObjects } from "../../../runner/state-serials";
import { unsavedStates } from "../../../terraform/unsaved-state";
import type { DoctorLook, Ground } from "../ground";

const runs: DoctorLook = {
  about: "other runs on this machine",
  why: "two runs in one folder would overwrite each other's files, so that the second is refused",
  look: async ({ run, kept }) => {
    const found = runInProgress(run.world, [kept.own]);
    if (found !== undefined) {
      const since = minuteOf(new Date(found.started));
      const text = `process ${found.pid} on "${found.host}" has run "${found.command}" since ${since}`;
      const cure = `Wait until it ends; if that process is another program, run: rm ${kept.own}/run.lock`;
      return { state: "failed", found: text, cure };
    }
    const left = (
      await Promise.all(foldersOf({ run, kept }).map((folder) => runningIn(run.world, folder)))
    ).flatMap((holder) => holder ?? []);
    return left.length === 0
      ? { state: "ok", found: "none" }
      : left.map(({ pid, command, started }) => ({
          state: "warning",
          found: `Terraform of a run that was killed is still at work: process ${pid}, "${command}", since ${minuteOf(new Date(started))}`,
          cure: "Leave it at work: the next run waits for its end, and reads what it did",
        }));
  },
};

function foldersOf({ run, kept }: Pick<Ground, "run" | "kept">): readonly string[] {
  return run.layers.flatMap(({ name }) => layerFolders(kept, name));
}

const states: DoctorLook = {
  about: "unsaved states",
  why: "what is in no state is created a second time, and never deleted",
  look: ({ run, kept }) => {
    const unsaved = run.layers.flatMap((layer): readonly Verdict[] =>
      unsavedStates({ ...run, folders: kept }, layer).map((file) => ({
        ...{
          state: "failed",
          found: `an earlier run could not save the state of ${layer.name}, which is in ${file}`,
        },
        cure: `Run: ${recoverLine(run, layer)}`,
      })),
    );
    const removed = removedLayers({ ...run, folders: kept }).map((layer): Verdict => ({
      state: "warning",
      ...layer,
    }));
    const left = [...unsaved, ...removed];
    return Promise.resolve(left.length === 0 ? { state: "ok", found: "none" } : left);
  },
};

const lost: DoctorLook = {
  about: "objects in no state",
  why: "what a run that was cut off has created is in no state: an apply would fail at it, or create it once more",
  look: async ({ run, kept }) => {
    const there = { ...run, folders: kept };
    const found = await Promise.all(
      run.layers.map(async (layer): Promise<readonly Verdict[]> => {
        const elsewhere = await cutOffRun(there, layer.name);
        const isHere = elsewhere === undefined && (await mayLackObjects(there, layer));
        if (elsewhere === undefined && !isHere) return [];
        const cause =
          elsewhere === undefined
            ? "an earlier run was cut off while it created objects"
            : cutOffText(elsewhere, layer.name);
        return [
          { state: "failed", found: `${layer.name}: ${cause}`, cure: `Run: ${recoverLine(run, layer)}` },
        ];
      }),
    );
    if (found.flat().length > 0) return found.flat();
    const { bucketUnread, unread } = await storedJournals(there);
    if (bucketUnread !== undefined)
      return { state: "skipped", found: `the journals in the state bucket are not read: ${bucketUnread}` };
    return unread.length === 0
      ? { state: "ok", found: "none is known of" }
      : unread.map(({ place, because }) => ({
          state: "skipped",
          found: `what a run has left is not known: ${place} cannot be read: ${because}`,
        }));
  },
};

/** Looks at what earlier runs have left behind. */
export const earlierRuns: readonly DoctorLook[] = [runs, states, lost];
