import { environmentLock } from "../../../../../lib/layer/state-location";
import { cureOf } from "../../../aws/failure";
import { faultText } from "../../../aws/fault";
import { lockInBucket } from "../../../aws/lock-store";
import { readStateObject } from "../../../aws/state-object";
import { listStateObjects } from "../../../aws/state-objects";
import { commandLine } from "../../../command-line/request";
import { lease, readLock } from "../../../run/lock-document";
import type { Run } from "../../../run/run";
import type { Verdict } from "../../../run/verdict";
import { holderText } from "../../../runner/lock-errors";
import { minuteOf } from "../../../screen/minute";
import type { DoctorLook } from "../ground";

/** Who holds the lock of the environment, or that of a layer's state. */
export const locks: DoctorLook = {
  about: "locks",
  why: "while another run has a lock, this one is refused",
  look: async ({ run }) => {
    const found = await listStateObjects(run, "look");
    if (found.kind === "no bucket")
      return { state: "skipped", found: "there is no state bucket until the first apply" };
    if (found.kind === "fault")
      return { state: "warning", found: faultText(found.fault), cure: cureOf(run, found.fault) };
    const held = await Promise.all([
      ...(found.locks.has(environmentLock) ? [ofEnvironment(run)] : []),
      ...run.layers
        .filter(({ name }) => found.locks.has(name))
        .map(({ name }) => ofLayer(run, name, found.locks.get(name))),
    ]);
    const verdicts = held.flat();
    return verdicts.length === 0 ? { state: "ok", found: "none is held" } : verdicts;
  },
};

async function ofEnvironment(run: Run): Promise<readonly Verdict[]> {
  const found = await lockInBucket(run, "look").read();
  if (found.kind === "fault")
    return [{ state: "warning", found: faultText(found.fault), cure: cureOf(run, found.fault) }];
  if (found.kind !== "found") return [];
  const lock = readLock(found.text);
  const unlock = `Run: ${commandLine(run.request, { command: "unlock" })}`;
  if (lock === undefined)
    return [
      { state: "failed", found: "what is there as the environment's lock cannot be read", cure: unlock },
    ];
  if (lock.kind === "released") return [];
  const { ageSeconds } = found;
  const text = `the environment is locked: ${holderText(lock, ageSeconds)}`;
  return ageSeconds !== undefined && ageSeconds > lease.staleSeconds
    ? [{ state: "failed", found: text, cure: `If that run is over: ${unlock}` }]
    : [{ state: "warning", found: text, cure: "Wait until that run ends" }];
}

/** Terraform's own lock does not say whether its holder is still at work. */
async function ofLayer(run: Run, layer: string, written: Date | undefined): Promise<readonly Verdict[]> {
  const object = await readStateObject(run, { layer, kind: "lock", patience: "look" });
  // Released in the meantime.
  if ("fault" in object && object.fault.code === "NoSuchKey") return [];
  const since = written === undefined ? "" : ` since ${minuteOf(written)}`;
  const status = commandLine(run.request, { command: "status" });
  return [
    {
      state: "warning",
      found: `the state of ${layer} is locked by a Terraform${since}`,
      cure: `To see who has it, run: ${status}; the next run says how to remove the lock of one that is gone`,
    },
  ];
}
