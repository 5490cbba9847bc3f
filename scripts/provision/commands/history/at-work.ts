import { lockInBucket } from "../../aws/lock-store";
import { runInProgress } from "../../run/in-progress";
import { lease, readLock } from "../../run/lock-document";
import { hasEnded } from "../../run/lock-holder";
import { lockInFolder } from "../../runner/lock-in-folder";
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
  const holders = bucketUnread === undefined ? await holdersOf(run) : [];
  return new Set([...ofFolder.map((each) => each.run), ...holders]);
}

/** Whether a journal says how its run ended. */
function isEnded({ lines }: JournalOfRun): boolean {
  return lines.at(-1)?.phase === "ended";
}

/** Of the environment's lock; none if it cannot be read, or its run was not heard from in time. */
async function holdersOf(run: HistoryRun): Promise<readonly string[]> {
  const store = run.request.rehearse ? lockInFolder(run) : lockInBucket(run, "question");
  const found = await store.read("question");
  if (found.kind !== "found" || (found.ageSeconds ?? 0) > lease.staleSeconds) return [];
  const lock = readLock(found.text);
  if (lock?.kind !== "held") return [];
  return [lock, ...lock.joined].filter((holder) => !hasEnded(run.world, holder)).map((holder) => holder.run);
}
