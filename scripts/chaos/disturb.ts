import { setTimeout as sleep } from "node:timers/promises";
import type { Account } from "./account";
import type { Case } from "./case";
import { fillDisk, lockFolder, type Mended } from "./disk";
import type { Kind } from "./kinds";
import type { Working } from "./operator";
import { processesBelow, tell } from "./processes";
import type { StorageFault } from "./storage";

/** What a disturbance acts on. */
export interface Target {
  readonly account: Account;
  readonly working: Working;
  /** Where `provision` works. */
  readonly folder: string;
}

/** How long a process is waited for that is to be killed. */
const patienceMs = 15_000;

/** Disturbs a command at work, and waits as long as that lasts; undefined if it had ended before. */
export async function disturb(given: Case, target: Target): Promise<boolean> {
  const begun = await begin(given, target);
  if (begun === undefined) return false;
  // Slow for longer than this, a run would take minutes.
  const seconds = given.kind === "slow" ? (given.seconds ?? 12) : given.seconds;
  await Promise.race([
    target.working.ended,
    ...(seconds === undefined ? [] : [sleep(seconds * 1000, undefined, { ref: false })]),
  ]);
  begun();
  return true;
}

const nothing: Mended = () => undefined;

async function begin(given: Case, target: Target): Promise<Mended | undefined> {
  const { working, account, folder } = target;
  if (working.over()) return undefined;
  const signals = signalsOf[given.kind];
  if (signals !== undefined) {
    for (const signal of signals) {
      tell(working.pid, signal);
      await sleep(given.pauseMs);
    }
    return nothing;
  }
  const killed = killedBy[given.kind];
  if (killed !== undefined) return (await kill(target, killed)) ? nothing : undefined;
  if (given.kind === "closed") {
    working.close();
    return nothing;
  }
  if (given.kind === "full") return fillDisk(folder);
  if (given.kind === "read-only") return lockFolder(folder);
  account.storage.fault = storageFault(given);
  return () => {
    account.storage.fault = undefined;
  };
}

const signalsOf: Partial<Record<Kind, readonly NodeJS.Signals[]>> = {
  int: ["SIGINT"],
  "int-2": ["SIGINT", "SIGINT"],
  "int-3": ["SIGINT", "SIGINT", "SIGINT"],
  term: ["SIGTERM"],
  hup: ["SIGHUP"],
};

type Victim = "wrapper" | "terraform" | "provider";

const killedBy: Partial<Record<Kind, readonly Victim[]>> = {
  "kill-wrapper": ["wrapper"],
  "kill-terraform": ["terraform"],
  "kill-provider": ["provider"],
  "kill-both": ["wrapper", "terraform"],
};

/** Kills them at once, as soon as all of them are there. */
async function kill({ working, folder }: Target, victims: readonly Victim[]): Promise<boolean> {
  for (let waited = 0; waited < patienceMs && !working.over(); waited += 20) {
    const found = processesBelow(folder);
    const pids = victims.map((victim) =>
      victim === "wrapper" ? working.pid : found.find(({ what }) => what === victim)?.pid,
    );
    if (pids.every((pid) => pid !== undefined)) {
      for (const pid of pids) tell(pid, "SIGKILL");
      return true;
    }
    await sleep(20);
  }
  return false;
}

function storageFault({ kind, variant }: Case): StorageFault {
  switch (kind) {
    case "slow":
      return { kind: "slow", milliseconds: variant === "early" ? 400 : 2000 };
    case "expired":
      return { kind: "answers", status: 400 };
    case "answers-403":
      return { kind: "answers", status: 403 };
    case "answers-500":
      return { kind: "answers", status: 500 };
    case "answers-503":
      return { kind: "answers", status: 503 };
    case "refused-412":
      return { kind: "refuses" };
    case "cut":
      return { kind: "cut", when: variant };
    default:
      return { kind: "down" };
  }
}
