import { exitCodes, UserError } from "../../../lib/errors";
import { commandLine, verbOf } from "../command-line/request";
import { lease, type LockDocument } from "../run/lock-document";
import type { Run } from "../run/run";
import { duration } from "../screen/duration";
import { minuteOf } from "../screen/minute";
import { printable } from "../screen/printable";

/** Who has the lock, whether they were heard from, and who has joined them, as sentences without a full stop. */
export function holderText(lock: LockDocument, ageSeconds: number | undefined): string {
  const { run, user, host, pid, command, since, layer } = lock;
  const began = new Date(since);
  const when = Number.isNaN(began.getTime()) ? since : minuteOf(began);
  const at = layer === undefined ? "" : `, is at ${layer},`;
  const heard =
    ageSeconds === undefined
      ? "may still be at work"
      : `was last heard from ${duration(ageSeconds)} ago${ageSeconds > lease.staleSeconds ? ", though it should be every 30 seconds" : ""}`;
  return printable(
    `${user} on "${host}" (process ${pid}) has run "${command}" since ${when}${at} and ${heard}; its run is ${run}${joinedText(lock)}`,
  );
}

/** `; it shares the lock with cleo on "build-8" (process 12, at vpc, run 20260101T083000Z-5eed5eed)`; empty if it does not. */
function joinedText({ joined }: LockDocument): string {
  const runs = joined.map(({ user, host, pid, layer, run }) => {
    const at = layer === undefined ? "" : ` at ${layer},`;
    return `${user} on "${host}" (process ${pid},${at} run ${run})`;
  });
  return runs.length === 0 ? "" : `; it shares the lock with ${runs.join(", ")}`;
}

/** Another run has the lock. */
export function lockedBy(run: Run, lock: LockDocument, ageSeconds: number | undefined): UserError {
  const stale = ageSeconds !== undefined && ageSeconds > lease.staleSeconds;
  const history = commandLine(run.request, { command: "history" });
  const unlock = commandLine(run.request, { command: "unlock" });
  return new UserError(
    `Cannot ${verbOf(run.request)} "${run.loaded.environment.name}": it is locked: ${holderText(lock, ageSeconds)}`,
    stale
      ? `If ${lock.joined.length === 0 ? "that run is" : "those runs are"} over, run: ${unlock}`
      : `Wait until ${lock.joined.length === 0 ? "that run ends" : "those runs end"}; for what it does, run: ${history}`,
    exitCodes.locked,
  );
}

/** This run had the lock, and has it no more. */
export function lockLost(run: Run, to: LockDocument | undefined): UserError {
  const now =
    to === undefined
      ? "somebody has removed it"
      : to.kind === "released"
        ? "somebody has unlocked it"
        : `now ${holderText(to, undefined)}`;
  return new UserError(
    `Cannot go on with "${run.loaded.environment.name}": this run has lost the environment's lock, ${now}; nothing was begun since`,
    `Find out what the other run does (${commandLine(run.request, { command: "history" })}); then run: ${commandLine(run.request)}`,
    exitCodes.locked,
  );
}
