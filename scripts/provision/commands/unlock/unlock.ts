import { exitCodes } from "../../../../lib/errors";
import { allPages, awsCall } from "../../../../lib/layer/aws-call";
import { environmentLock, stateLocation } from "../../../../lib/layer/state-location";
import { tryAws } from "../../aws/client";
import { type FoundLock, lockInBucket, type LockStore } from "../../aws/lock-store";
import { commandLine } from "../../command-line/request";
import { lease, type LockDocument, lockText, readLock } from "../../run/lock-document";
import { hasEnded } from "../../run/lock-holder";
import type { Run } from "../../run/run";
import { awaitBeat } from "../../runner/await-beat";
import { askConsent } from "../../runner/consent";
import { holderText, lockedBy } from "../../runner/lock-errors";
import { lockUnknown } from "../../runner/lock-trouble";

/** Shows who has the lock of an environment, and releases it once the operator agrees. */
export async function handle(run: Run): Promise<number> {
  const store = lockInBucket(run);
  const found = await existing(run, store);
  const lock = found && readLock(found.text);
  const { name } = run.loaded.environment;
  if (found === undefined || lock?.kind === "released") {
    run.screen.print(`\nNothing to unlock: no run has locked ${name}`);
    return exitCodes.done;
  }
  run.screen.print(
    `\n${lock === undefined ? "What is there as the lock cannot be read" : holderText(lock, found.ageSeconds)}`,
  );
  await agree(run, found, lock);
  const written = await store.replace(releasedText(lock), found.etag);
  if (written.kind === "fault") throw lockUnknown(run, written.fault);
  run.screen.print(
    written.kind === "written"
      ? `\nUnlocked ${name}. Locks of Terraform itself are reported by the next run`
      : `\nThe lock has changed meanwhile, and was not touched; to look again, run: ${commandLine(run.request)}`,
  );
  return written.kind === "written" ? exitCodes.done : exitCodes.locked;
}

/** Looks for it in a list first: where it does not exist, S3 would deny the reading. */
async function existing(run: Run, store: LockStore): Promise<FoundLock | undefined> {
  const { bucket, key, region } = stateLocation(run.loaded.environment, environmentLock);
  const list = awsCall("s3", "ListObjectsV2", { Bucket: bucket, Prefix: key });
  const reply = await tryAws(run, { ...allPages(list, "Contents"), region });
  if (reply.kind === "fault" && reply.fault.code !== "NoSuchBucket") throw lockUnknown(run, reply.fault);
  const keys = reply.kind === "fault" ? [] : (reply.output.Contents ?? []).map(({ Key }) => Key);
  if (!keys.includes(`${key}.tflock`)) return undefined;
  const found = await store.read();
  if (found.kind === "fault") throw lockUnknown(run, found.fault);
  return found.kind === "found" ? found : undefined;
}

/**
 * A run that is still heard from is not stopped without a question. One whose process is gone from this machine may live on another
 * of the same name: it then renews the lock while this command waits, which then does not touch it.
 */
async function agree(run: Run, { ageSeconds }: FoundLock, lock: LockDocument | undefined): Promise<void> {
  const beats = ageSeconds !== undefined && ageSeconds <= lease.staleSeconds;
  const isGone = lock?.joined.length === 0 && hasEnded(run.world, lock);
  if (run.request.yes) {
    if (lock === undefined || !beats) return;
    if (!isGone) throw lockedBy(run, lock, ageSeconds);
    return awaitBeat(run, ageSeconds);
  }
  const consequence =
    beats && !isGone
      ? "Whoever has it is still at work: they would complete their current Terraform command, and stop before the next one."
      : "If their Terraform is still at work somewhere, that goes on until it ends.";
  await askConsent(run, {
    ...{ verb: "unlock", subject: run.loaded.environment.name, review: `what it did: ${historyLine(run)}` },
    question: `${consequence} Release the lock?`,
    next: commandLine(run.request),
  });
}

function historyLine(run: Run): string {
  return commandLine(run.request, { command: "history" });
}

/** Released, with all whom it names: by that, they know that somebody has unlocked it. */
function releasedText(lock: LockDocument | undefined): string {
  const nobody = { holder: "", run: "", user: "", host: "", pid: 0, command: "", since: "" };
  return lockText({ ...(lock ?? { ...nobody, beat: 0, joined: [] }), kind: "released" });
}
