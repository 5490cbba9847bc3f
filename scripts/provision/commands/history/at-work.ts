import { runInProgress } from "../../run/in-progress";
import { lockHolders } from "../../runner/lock-holders";
import type { JournalOfRun, Journals } from "../../runner/read-journals";
import type { HistoryRun } from "./index";

/** Names of the runs that have not ended, and still hold the lock of their folder, or of the environment. */
export async function runsAtWork(
  run: HistoryRun,
  { runs, bucketUnread }: Journals,
): Promise<ReadonlySet<string>> {
  const open = runs.filter((each) => !isEnded(each));
  if (open.length === 0) return new Set();
  const here = runInProgress(run.world, [run.folders.own]);
  const ofFolder = open.filter(
    ({ lines: [first] }) => here !== undefined && first?.pid === here.pid && first.host === here.host,
  );
  const holders = bucketUnread === undefined ? await lockHolders(run) : [];
  return new Set([...ofFolder.map((each) => each.run), ...holders]);
}

/** Whether a journal says how its run ended. */
function isEnded({ lines }: JournalOfRun): boolean {
  return lines.at(-1)?.phase === "ended";
}
