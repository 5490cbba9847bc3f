import { exitCodes, UserError } from "../../../lib/errors";
import { awsCall } from "../../../lib/layer/aws-call";
import type { Run } from "../run/run";
import { callAws } from "./client";

/** A bucket, and what of it stays. */
export interface BucketToEmpty {
  readonly name: string;
  readonly region: string;
  /** Whether the versions of this object stay. */
  readonly keeps: (key: string) => boolean;
  /** Whether to end before the next request. */
  readonly over: () => boolean;
  /** Receives the number of deleted versions, after each request. */
  readonly onProgress: (deleted: number) => void;
}

/**
 * Deletes every version of every object, and every delete marker, in one pass: each page of the listing, of at most 1000, by one
 * request. Returns how many; a bucket that does not exist has none.
 */
export async function emptyBucket(run: Run, bucket: BucketToEmpty): Promise<number> {
  const { name: Bucket, region } = bucket;
  let deleted = 0;
  let marker: Marker | undefined = {};
  while (marker !== undefined && !bucket.over()) {
    const page: Page | undefined = await pageOf(run, bucket, marker);
    if (page === undefined) break;
    const all = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    const Objects = all
      .map(({ Key = "", VersionId }) => ({ Key, VersionId }))
      .filter(({ Key }) => !bucket.keeps(Key));
    if (Objects.length > 0) {
      const call = awsCall("s3", "DeleteObjects", { Bucket, Delete: { Objects, Quiet: true } });
      const { Errors = [] } = await callAws(run, `empty the bucket "${Bucket}"`, { ...call, region });
      if (Errors[0] !== undefined) throw refused(Bucket, Errors[0], Errors.length);
      deleted += Objects.length;
      bucket.onProgress(deleted);
    }
    marker = page.IsTruncated === true ? next(page) : undefined;
  }
  return deleted;
}

interface Marker {
  readonly KeyMarker?: string | undefined;
  readonly VersionIdMarker?: string | undefined;
}

type Page = Awaited<ReturnType<typeof listed>>;

function listed(run: Run, { name: Bucket, region }: BucketToEmpty, marker: Marker) {
  const call = awsCall("s3", "ListObjectVersions", { Bucket, ...marker });
  return callAws(run, `list what is in the bucket "${Bucket}"`, { ...call, region });
}

async function pageOf(run: Run, bucket: BucketToEmpty, marker: Marker): Promise<Page | undefined> {
  try {
    return await listed(run, bucket, marker);
  } catch (error) {
    // An interrupted destroy may already have deleted it.
    if (error instanceof UserError && error.message.includes("NoSuchBucket")) return undefined;
    throw error;
  }
}

function next({ NextKeyMarker, NextVersionIdMarker }: Page): Marker {
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
