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
}

/** Writes an object beside the states, encrypted as these are; `etag` names this version of it. */
export async function putObject(run: Run, object: TextObject): Promise<Reply<{ readonly etag: string }>> {
  const { environment } = run.loaded;
  const { bucket, region } = environment.state;
  const key = stateKeyArn(environment);
  const put = awsCall("s3", "PutObject", {
    ...{ Bucket: bucket, Key: object.key, Body: Buffer.from(object.text), ...object.condition },
    ...(key === undefined
      ? { ServerSideEncryption: "AES256" }
      : { ServerSideEncryption: "aws:kms", SSEKMSKeyId: key }),
  });
  const reply = await tryAws(run, { ...put, region }, object.patience);
  return reply.kind === "fault" ? reply : { kind: "answered", output: { etag: reply.output.ETag ?? "" } };
}
