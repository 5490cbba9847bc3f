import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import type { Fault } from "../aws/fault";
import { readStateObject } from "../aws/state-object";
import { recoverLine } from "../run/recover-line";
import type { Run } from "../run/run";
import { readStoredOutputs } from "../terraform/stored-state";
import type { AwsRequest } from "../world/index";

/** What S3 says where no layer, or not this one, is applied. */
export const absent = ["NoSuchBucket", "NoSuchKey"];

/**
 * The outputs in a layer's state as the state bucket has it; none if the layer is not applied. Without Terraform, it works beside
 * a run that has the environment's folders, such as an `apply` that waits for the rollout.
 */
export async function storedOutputs(
  run: Run,
  { name }: Pick<AnyLayer, "name">,
  patience?: AwsRequest["patience"],
): Promise<{ readonly outputs: Readonly<Record<string, unknown>> } | { readonly fault: Fault }> {
  const object = await readStateObject(run, {
    layer: name,
    kind: "state",
    ...(patience === undefined ? {} : { patience }),
  });
  if ("fault" in object) return absent.includes(object.fault.code) ? { outputs: {} } : object;
  const outputs = readStoredOutputs(object.text);
  if (typeof outputs !== "string") return { outputs };
  throw unreadable(run, name, outputs);
}

/** Of a state with this wrong with it. */
export function unreadable(run: Run, name: string, because: string): UserError {
  return new UserError(
    `Cannot read the state of "${name}": ${because}`,
    `To restore an earlier version of it, run: ${recoverLine(run, { name })}`,
    exitCodes.recoveryNeeded,
  );
}
