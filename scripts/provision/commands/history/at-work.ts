import { runInProgress } from "../../run/in-progress";
import { hasEnded } from "../../run/lock-holder";
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
  const members = bucketUnread === undefined ? await lockHolders(run) : [];
  const holders = members.filter((member) => !hasEnded(run.world, member));
  return new Set([...[...ofFolder, ...holders].map((each) => each.run)]);
}

/** Whether a journal says how its run ended. */
function isEnded({ lines }: JournalOfRun): boolean {
  return lines.at(-1)?.phase === "ended";
}
