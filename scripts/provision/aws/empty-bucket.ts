import { exitCodes, UserError } from "../../../lib/errors";
import { awsCall } from "../../../lib/layer/aws-call";
import type { Run } from "../run/run";
import { callAws, tryAws } from "./client";
import { awsFailure } from "./failure";

/** A bucket, and what of it stays. */
export interface BucketToEmpty {
  readonly name: string;
  readonly region: string;
  /** Whether the latest version of this object stays. */
  readonly keeps: (key: string) => boolean;
  /** Whether to end before the next request. */
  readonly over: () => boolean;
  /** Receives the number of deleted versions, after each request. */
  readonly onProgress: (deleted: number) => void;
}

/**
 * Deletes every version of every object, and every delete marker, each page of the listing, of at most 1000, by one request.
 * Returns how many; a bucket that does not exist has none.
 */
export async function emptyBucket(run: Run, bucket: BucketToEmpty): Promise<number> {
  const { name: Bucket, region } = bucket;
  let deleted = 0;
  let marker: Marker | undefined = {};
  while (marker !== undefined && !bucket.over()) {
    const page: ListObjectVersions = await pageOf(run, bucket, marker);
    const all = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    const Objects = all
      .filter(({ Key = "", IsLatest }) => IsLatest !== true || !bucket.keeps(Key))
      .map(({ Key = "", VersionId }) => ({ Key, VersionId }));
    if (Objects.length > 0) {
      const call = awsCall("s3", "DeleteObjects", { Bucket, Delete: { Objects, Quiet: true } });
      const { Errors = [] } = await callAws(run, `empty the bucket "${Bucket}"`, { ...call, region });
      if (Errors[0] !== undefined) throw refused(Bucket, Errors[0], Errors.length);
      deleted += Objects.length;
      bucket.onProgress(deleted);
    }
    // What is now at this place was not listed yet; a version that is gone is no place to go on from.
    else marker = page.IsTruncated === true ? next(page) : undefined;
  }
  return deleted;
}

interface Marker {
  readonly KeyMarker?: string | undefined;
  readonly VersionIdMarker?: string | undefined;
}

type ListObjectVersions = Extract<Awaited<ReturnType<typeof listed>>, { kind: "answered" }>["output"];

function listed(run: Run, { name: Bucket, region }: BucketToEmpty, marker: Marker) {
  return tryAws(run, { ...awsCall("s3", "ListObjectVersions", { Bucket, ...marker }), region });
}

async function pageOf(run: Run, bucket: BucketToEmpty, marker: Marker): Promise<ListObjectVersions> {
  const reply = await listed(run, bucket, marker);
  if (reply.kind === "answered") return reply.output;
  // An interrupted destroy may already have deleted it.
  if (reply.fault.code === "NoSuchBucket") return {};
  throw awsFailure(run, `list what is in the bucket "${bucket.name}"`, reply.fault);
}

function next({ NextKeyMarker, NextVersionIdMarker }: ListObjectVersions): Marker {
  return { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker };
}

interface Refused {
  readonly Key?: string | undefined;
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
}

function refused(bucket: string, { Key = "", Code = "", Message = "" }: Refused, count: number): UserError {
  return new UserError(
    `Cannot empty the bucket "${bucket}": of ${count} objects AWS says "${Code}: ${Message}", e.g. of "${Key}"`,
    "Allow s3:DeleteObject and s3:DeleteObjectVersion there, or wait for the end of a lock on these objects, then run the command again",
    exitCodes.failed,
  );
}
