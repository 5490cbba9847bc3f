import { awsCall } from "../../../lib/layer/aws-call";
import { readAsText } from "../../../lib/layer/read-as-text";
import { stateLocation } from "../../../lib/layer/state-location";
import type { Run } from "../run/run";
import { tryAws } from "./client";
import type { Fault } from "./fault";

/** One version of a state in the state bucket; `id` is S3's own. */
export interface StateVersion {
  readonly id: string;
  readonly written: Date | undefined;
  /** In bytes. */
  readonly size: number;
}

/** What the bucket has kept of a layer's state. */
export interface StateVersions {
  /** The newest first, at most a thousand; markers of deletions are not among them. */
  readonly versions: readonly StateVersion[];
  /** The newest is a marker that it was deleted. */
  readonly deleted: Date | undefined;
}

/** Lists the versions of a layer's state. */
export async function stateVersions(
  run: Run,
  layer: string,
): Promise<StateVersions | { readonly fault: Fault }> {
  const { bucket, key, region } = stateLocation(run.loaded.environment, layer);
  // One page: those of the key itself come before those of longer keys, and the newest first.
  const list = awsCall("s3", "ListObjectVersions", { Bucket: bucket, Prefix: key });
  const reply = await tryAws(run, { ...list, region });
  if (reply.kind === "fault") return { fault: reply.fault };
  const { Versions = [], DeleteMarkers = [] } = reply.output;
  return {
    versions: Versions.flatMap(({ Key, VersionId: id = "null", LastModified: written, Size: size = 0 }) =>
      Key === key ? [{ id, written, size }] : [],
    ),
    deleted: DeleteMarkers.find(({ Key, IsLatest }) => Key === key && IsLatest === true)?.LastModified,
  };
}

/** A state, or one version of it, as the bucket has it. */
export interface StateText {
  readonly text: string;
  readonly etag: string;
  readonly written: Date | undefined;
}

/** Reads a layer's state, or a version of it. */
export async function readState(
  run: Run,
  layer: string,
  version?: string,
): Promise<StateText | { readonly fault: Fault }> {
  const { bucket, key, region } = stateLocation(run.loaded.environment, layer);
  const get = awsCall("s3", "GetObject", {
    ...{ Bucket: bucket, Key: key },
    ...(version === undefined ? {} : { VersionId: version }),
  });
  const reply = await tryAws(run, { ...readAsText(get, "Body"), region });
  if (reply.kind === "fault") return { fault: reply.fault };
  const { Body: text, ETag: etag = "", LastModified: written } = reply.output;
  return { text, etag, written };
}
