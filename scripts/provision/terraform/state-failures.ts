import { exitCodes } from "../../../lib/errors";
import type { Failed, KnownFailure } from "./failure";
import { placeOfState, savingOfState } from "./state-dump";
import { cutLock } from "./cut-lock";
import { lockNotReleased } from "./lock-not-released";
import { lockedClause, type StateLock, unlockHint } from "./state-lock";

const { locked, stalePlan, preflightFailed, recoveryNeeded } = exitCodes;

/** A state that exists nowhere else comes before whatever else went wrong. */
export const unsaved: KnownFailure = {
  kind: "other",
  sign: /Failed to (?:save|persist|write) state|errored\.tfstate/,
  truth: (_, failed, output) =>
    isPush(failed)
      ? "the bucket did not take its state, which is kept where it was"
      : `its state could not be saved, and is ${placeOfState(output, failed)}${lockLeft(output)}`,
  hint: (_, failed, output) => (isPush(failed) ? `Run: ${failed.retry}` : savingOfState(output, failed)),
  exitCode: recoveryNeeded,
};

/** Failures of the bucket, of states, of locks and of plans. */
export const stateFailures: readonly KnownFailure[] = [
  {
    kind: "other",
    sign: /state file could not be (?:parsed|read)|Unsupported state file format|does not have the expected content/,
    truth: () => "its state in the bucket is damaged",
    hint: (_, { recover, startOver }) =>
      startOver === undefined ? `To restore an earlier version of it, run: ${recover}` : `Run: ${startOver}`,
    exitCode: recoveryNeeded,
  },
  lockNotReleased,
  {
    kind: "locked",
    // Without it, nobody holds the lock: S3 denies it, or fails.
    sign: /Lock Info:\s+ID:\s+(?<id>\S+)(?:[\s\S]*?Who:\s+(?<who>[^\n]+))?(?:[\s\S]*?Created:\s+(?<since>[^\n]+))?/,
    truth: ({ groups }) => lockedClause(holderIn(groups)),
    hint: ({ groups }, failed) => {
      const { retry, startOver } = failed;
      return `${unlockHint(holderIn(groups), failed, startOver)}${startOver === undefined ? `; then run: ${retry}` : ""}`;
    },
    exitCode: locked,
  },
  {
    kind: "other",
    sign: /StatusCode: 412[\s\S]*?LockInfo/,
    truth: () => cutLock.clause,
    hint: (_, { lockObject, retry, startOver }) => cutLock.hint(lockObject, retry, startOver),
    exitCode: locked,
  },
  {
    kind: "stalePlan",
    sign: /Saved plan is stale/,
    truth: () => "its state changed after the plan was created",
    hint: (_, { retry }) => `To create a new plan, run: ${retry}`,
    exitCode: stalePlan,
  },
  {
    kind: "bucketMissing",
    sign: /S3 bucket "[^"]*" does not exist|NoSuchBucket/,
    truth: (_, { bucket }) => `the state bucket "${bucket}" does not exist`,
    hint: (_, { createBucket }) =>
      createBucket === undefined
        ? "Correct state.bucket in the environment file, or create the bucket"
        : `Run: ${createBucket}`,
    exitCode: preflightFailed,
  },
  {
    kind: "stateDenied",
    sign: /Unable to access object "(?<key>[^"]*)" in S3 bucket "(?<bucket>[^"]*)"[\s\S]*?(?:AccessDenied|StatusCode: 403)/,
    truth: ({ groups }) =>
      `AWS denies to read its state, s3://${groups?.["bucket"] ?? ""}/${groups?.["key"] ?? ""}`,
    hint: (_, { account, retry }) =>
      `Allow your role s3:GetObject on that object, and kms:Decrypt with the key of the bucket, as provision iam prints them, or use another role of account "${account}"; to see which one it is, run: aws sts get-caller-identity; then run: ${retry}`,
    exitCode: preflightFailed,
  },
  {
    kind: "stateDenied",
    // A key that is denied is named as such.
    sign: /Error acquiring the state lock(?![\s\S]*perform: kms:)[\s\S]*?(?:AccessDenied|StatusCode: 403)|(?:ListObjectsV2|HeadBucket|GetObject|HeadObject)[\s\S]{0,200}StatusCode: 403/,
    truth: (_, { bucket }) => `access to the state bucket "${bucket}" is denied`,
    hint: (_, { account }) =>
      `Use credentials for account "${account}" with access to the bucket; run: aws sts get-caller-identity`,
    exitCode: preflightFailed,
  },
];

/** What keeps Terraform from saving a state may keep it from removing its lock, too. */
function lockLeft(output: string): string {
  if (!output.includes("Error releasing the state lock")) return "";
  const [, id] = /Error releasing the state lock[\s\S]*?^[\s│]*ID:\s+(\S+)/m.exec(output) ?? [];
  return `; the lock of its state${id === undefined ? "" : `, ${id},`} was not removed`;
}

/** From a file, in which it stays when that fails. */
function isPush({ terraform }: Failed): boolean {
  return terraform === "state push";
}

function holderIn(groups: RegExpMatchArray["groups"]): StateLock {
  return { id: groups?.["id"] ?? "", who: groups?.["who"], since: groups?.["since"] };
}
