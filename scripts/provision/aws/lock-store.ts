import { awsCall } from "../../../lib/layer/aws-call";
import { readAsText } from "../../../lib/layer/read-as-text";
import { environmentLock, stateLocation } from "../../../lib/layer/state-location";
import { timed } from "../../../lib/layer/timed";
import type { Run } from "../run/run";
import type { AwsRequest } from "../world/index";
import { tryAws } from "./client";
import type { Fault } from "./fault";
import { putObject } from "./put-object";

/** How an attempt to write ended; `conflict`: the lock is not what it was taken for. */
export type Written =
  | { readonly kind: "written"; readonly etag: string }
  | { readonly kind: "conflict" }
  | { readonly kind: "no bucket" }
  | { readonly kind: "fault"; readonly fault: Fault };

/** A lock that is there. */
export interface FoundLock {
  readonly kind: "found";
  readonly text: string;
  readonly etag: string;
  /** How long ago it was written, by the clock of the store alone; undefined if that does not tell. */
  readonly ageSeconds: number | undefined;
}

/** What is there. */
export type Found =
  | FoundLock
  | { readonly kind: "none" }
  | { readonly kind: "no bucket" }
  | { readonly kind: "fault"; readonly fault: Fault };

/** Where the lock of an environment is: every write names what it replaces, and is refused if that is not there any more. */
export interface LockStore {
  create(text: string): Promise<Written>;
  replace(text: string, etag: string, patience?: AwsRequest["patience"]): Promise<Written>;
  read(patience?: AwsRequest["patience"]): Promise<Found>;
}

/**
 * The lock in the state bucket, by conditional writes:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * It is created before it is read: without the right to list the whole bucket, S3 denies the reading of what does not exist.
 */
export function lockInBucket(run: Run, patience: AwsRequest["patience"] = "work"): LockStore {
  const place = stateLocation(run.loaded.environment, environmentLock);
  const key = `${place.key}.tflock`;
  const write = async (
    text: string,
    condition: { IfMatch: string } | { IfNoneMatch: "*" },
    ownPatience = patience,
  ) => {
    const reply = await putObject(run, {
      ...{ key, text, condition, patience: ownPatience },
      evenWithoutKey: true,
    });
    if (reply.kind === "answered") return { kind: "written", etag: reply.output.etag } as const;
    return refusalOf(reply.fault);
  };
  return {
    create: (text) => write(text, { IfNoneMatch: "*" }),
    replace: (text, etag, own) => write(text, { IfMatch: etag }, own),
    read: async (own = patience) => {
      const get = readAsText(awsCall("s3", "GetObject", { Bucket: place.bucket, Key: key }), "Body");
      const reply = await tryAws(run, { ...timed(get), region: place.region }, own);
      if (reply.kind === "fault") {
        const refused = refusalOf(reply.fault);
        return refused.kind === "conflict" ? { kind: "none" } : refused;
      }
      const { Body: text, ETag: etag = "", LastModified: written, AnsweredAt: answered } = reply.output;
      const known = written !== undefined && answered !== undefined;
      const ageSeconds = known ? Math.max(0, (answered.getTime() - written.getTime()) / 1000) : undefined;
      return { kind: "found", text, etag, ageSeconds };
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html#conditional-write-key-names */
const conflicts = ["PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"];

function refusalOf(fault: Fault): Exclude<Written, { kind: "written" }> {
  if (fault.code === "NoSuchBucket") return { kind: "no bucket" };
  return conflicts.includes(fault.code) ? { kind: "conflict" } : { kind: "fault", fault };
}
