import { allPages, awsCall } from "../../../lib/layer/aws-call";
import { readAsText } from "../../../lib/layer/read-as-text";
import { stateLocation } from "../../../lib/layer/state-location";
import type { Run } from "../run/run";
import type { AwsRequest } from "../world/index";
import { tryAws } from "./client";
import type { Fault } from "./fault";

/** What is read, and how long that may take. */
interface StateObject {
  readonly layer: string;
  readonly kind: "state" | "lock";
  readonly patience?: AwsRequest["patience"];
}

/** The text of a layer's state or lock in the state bucket, or why it cannot be read. */
export async function readStateObject(
  run: Run,
  { layer, kind, patience = "work" }: StateObject,
): Promise<{ readonly text: string } | { readonly fault: Fault }> {
  const { bucket, key, region } = stateLocation(run.loaded.environment, layer);
  if (run.rehearsal !== undefined) {
    const text = run.rehearsal.stored(bucket, kind === "lock" ? `${key}.tflock` : key);
    return text === undefined ? { fault: { kind: "refused", code: "NoSuchKey", message: key } } : { text };
  }
  const get = awsCall("s3", "GetObject", { Bucket: bucket, Key: kind === "lock" ? `${key}.tflock` : key });
  const reply = await tryAws(run, { ...readAsText(get, "Body"), region }, patience);
  return reply.kind === "fault" ? { fault: reply.fault } : { text: reply.output.Body };
}

/** Whether there is a lock of a layer's state; undefined if that cannot be found out. */
export async function isStateLocked(run: Run, layer: string): Promise<boolean | undefined> {
  const { bucket, key, region } = stateLocation(run.loaded.environment, layer);
  if (run.rehearsal !== undefined) return run.rehearsal.lockFiles().includes(`${bucket}/${key}.tflock`);
  return isListed(run, { bucket, region, key: `${key}.tflock` });
}

/** Whether there is a state of a layer; undefined if that cannot be found out. */
export async function isStateStored(run: Run, layer: string): Promise<boolean | undefined> {
  return isListed(run, stateLocation(run.loaded.environment, layer));
}

/** Without the right to list the whole bucket, S3 answers "denied" to the reading of what does not exist. */
async function isListed(
  run: Run,
  { bucket, key, region }: { readonly bucket: string; readonly key: string; readonly region: string },
): Promise<boolean | undefined> {
  const list = awsCall("s3", "ListObjectsV2", { Bucket: bucket, Prefix: key });
  const reply = await tryAws(run, { ...allPages(list, "Contents"), region }, "question");
  if (reply.kind === "fault") return undefined;
  return (reply.output.Contents ?? []).some(({ Key }) => Key === key);
}
