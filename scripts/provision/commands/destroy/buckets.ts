import type { AnyLayer } from "../../../../lib/layer/layer";
import { environmentLock, stateLocation } from "../../../../lib/layer/state-location";
import { emptyBucket } from "../../aws/empty-bucket";
import { counted } from "../../run/counted";
import { Interrupted } from "../../run/interrupts";
import { retryLine, type Run } from "../../run/run";
import { type EndingObject, textOf } from "./ending-objects";

/**
 * Empties the buckets that a plan deletes, after the operator has agreed: the provider does it without a word, however long it
 * takes. Those that may only be deleted empty stay as they are.
 */
export async function emptyBuckets(
  run: Run,
  layer: AnyLayer,
  ending: readonly EndingObject[],
): Promise<void> {
  if (run.request.rehearse) return;
  for (const { attributes } of ending.filter(isEmptied)) {
    const name = textOf(attributes["bucket"]) ?? String(attributes["id"]);
    const region = textOf(attributes["region"]) ?? run.loaded.environment.region;
    const deleted = await run.events.step(`emptying the bucket ${name}`, (progress) =>
      emptyBucket(run, {
        ...{ name, region },
        keeps: (key) => key === lockKey(run),
        over: () => run.interrupts.draining,
        onProgress: (count) => {
          progress(`${counted(count, "version")} deleted`);
        },
      }),
    );
    if (run.interrupts.draining) throw new Interrupted(layer.name, retryLine(run, layer));
    if (deleted > 0) run.events.note(`Emptied ${name}: ${counted(deleted, "version")} of objects deleted`);
  }
}

/** Whether Terraform would delete it with what is in it. */
export function isEmptied({ type, attributes }: EndingObject): boolean {
  return type === "aws_s3_bucket" && attributes["force_destroy"] === true;
}

/** The lock of the environment, which this run holds to the end of its bucket. */
function lockKey({ loaded }: Run): string {
  return `${stateLocation(loaded.environment, environmentLock).key}.tflock`;
}
