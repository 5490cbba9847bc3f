import { awsCall } from "../../../lib/layer/aws-call";
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
  const get = awsCall("s3", "GetObject", { Bucket: bucket, Key: kind === "lock" ? `${key}.tflock` : key });
  const reply = await tryAws(run, { ...readAsText(get, "Body"), region }, patience);
  return reply.kind === "fault" ? { fault: reply.fault } : { text: reply.output.Body };
}
