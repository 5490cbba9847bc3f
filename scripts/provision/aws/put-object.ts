import { awsCall } from "../../../lib/layer/aws-call";
import { stateKeyArn } from "../../../lib/layer/state-key";
import type { Run } from "../run/run";
import type { AwsRequest } from "../world/index";
import { type Reply, tryAws } from "./client";

/** An object of text, and under which condition it is written; the names are those of the headers. */
export interface TextObject {
  readonly key: string;
  readonly text: string;
  readonly condition?: { readonly IfMatch: string } | { readonly IfNoneMatch: "*" };
  readonly patience: AwsRequest["patience"];
  /** Whether it may be encrypted by S3's own key as long as the environment's does not exist: then it is no state. */
  readonly evenWithoutKey?: boolean;
}

/** Writes an object beside the states, encrypted as these are; `etag` names this version of it. */
export async function putObject(run: Run, object: TextObject): Promise<Reply<{ readonly etag: string }>> {
  const { environment } = run.loaded;
  const key = stateKeyArn(environment);
  if (key === undefined) return put(run, object, { ServerSideEncryption: "AES256" });
  const reply = await put(run, object, { ServerSideEncryption: "aws:kms", SSEKMSKeyId: key });
  // The alias of a key comes into being after the bucket, and a bootstrap can be cut off in between.
  const isEarly = reply.kind === "fault" && reply.fault.code === "KMS.NotFoundException";
  const isOwnKey = environment.state.kmsKeyArn === undefined;
  return object.evenWithoutKey === true && isEarly && isOwnKey
    ? put(run, object, { ServerSideEncryption: "AES256" })
    : reply;
}

async function put(
  run: Run,
  { key, text, condition, patience }: TextObject,
  encryption:
    | { readonly ServerSideEncryption: "AES256" }
    | { readonly ServerSideEncryption: "aws:kms"; readonly SSEKMSKeyId: string },
): Promise<Reply<{ readonly etag: string }>> {
  const { bucket, region } = run.loaded.environment.state;
  const object = { Bucket: bucket, Key: key, Body: Buffer.from(text), ...condition };
  const reply = await tryAws(
    run,
    { ...awsCall("s3", "PutObject", { ...object, ...encryption }), region },
    patience,
  );
  return reply.kind === "fault" ? reply : { kind: "answered", output: { etag: reply.output.ETag ?? "" } };
}
