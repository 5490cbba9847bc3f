import { stateLocation } from "../../../lib/layer/state-location";
import type { Run } from "../run/run";
import type { Verdict } from "../run/verdict";
import type { AwsRequest } from "../world/index";
import { cureOf } from "./failure";
import { faultText } from "./fault";
import { putObject } from "./put-object";

/** Where the lock of a layer of this name would be, for which the deployer has rights; no layer has a dot in its name. */
const probe = "conditional.write";

/**
 * Whether the storage of the states refuses to create an object that exists, on which every lock depends. An object of one line
 * is created for that, which stays; nothing else is touched, also by storage that ignores the condition.
 */
export async function conditionalWrites(run: Run, patience: AwsRequest["patience"]): Promise<Verdict> {
  const { bucket, key } = stateLocation(run.loaded.environment, probe);
  const create = () =>
    putObject(run, {
      ...{ key: `${key}.tflock`, text: "{}\n", patience },
      condition: { IfNoneMatch: "*" },
    });
  const first = await create();
  // One that is left from an earlier look says the same.
  const second = first.kind === "answered" ? await create() : first;
  if (second.kind === "answered")
    return {
      state: "failed",
      found: `the storage of "${bucket}" replaces an object that it should only create: no lock holds there`,
      cure: "Keep the states in S3 itself, or in storage that honours If-None-Match",
    };
  const { fault } = second;
  if (fault.code === "PreconditionFailed")
    return { state: "ok", found: "an object that exists is not replaced" };
  if (fault.code === "NoSuchBucket")
    return { state: "skipped", found: `there is no bucket "${bucket}" until the first apply` };
  return { state: "warning", found: faultText(fault), cure: cureOf(run, fault) };
}
