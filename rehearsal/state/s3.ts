import type { BucketStore, StoredObject } from "./bucket-store";
import { deletedObjects, listObjects, listVersions } from "./listings";
import { s3Error, type Reply } from "./reply";
import type { StandInRequest } from "./request";
import { textsIn } from "./xml";

/** The part of S3 that Terraform's backend and `terraform_remote_state` use, over the buckets of a rehearsal. */
export interface Buckets {
  readonly store: BucketStore;
  readonly exists: (bucket: string) => boolean;
}

type Handler = (buckets: Buckets, request: StandInRequest) => Reply;

/** Query parameters that make a request another call than the plain one on the same path. */
const plain = new Set([
  "list-type",
  "prefix",
  "delimiter",
  "max-keys",
  "encoding-type",
  "fetch-owner",
  "x-id",
]);
plain.add("versionId").add("start-after");

const handlers: Readonly<Record<string, Handler>> = {
  "HEAD bucket": () => ({ status: 200 }),
  "GET bucket": ({ store }, request) =>
    listObjects(request, store.list(request.bucket, request.query.get("prefix") ?? "")),
  "GET bucket versions": ({ store }, request) =>
    listVersions(request, store.list(request.bucket, request.query.get("prefix") ?? "")),
  "POST bucket delete": ({ store }, request) => deleteMany(store, request),
  "GET object": ({ store }, request) => found(store, request, (object) => show(object, object.body)),
  "HEAD object": ({ store }, request) => found(store, request, (object) => show(object)),
  "PUT object": ({ store }, request) => write(store, request),
  "DELETE object": ({ store }, { bucket, key }) => {
    store.remove(bucket, key);
    return { status: 204 };
  },
};

/** Answers one S3 request. */
export function answerS3(buckets: Buckets, request: StandInRequest): Reply {
  const handler = handlers[callOf(request)];
  if (!handler || request.header("x-amz-copy-source")) {
    return s3Error(
      501,
      "NotImplemented",
      `Cannot answer S3 ${callOf(request)}: the stand-in does not know it`,
    );
  }
  if (!buckets.exists(request.bucket)) {
    return s3Error(404, "NoSuchBucket", `The specified bucket does not exist: ${request.bucket}`);
  }
  // A key becomes one file name, which may have 255 bytes once encoded.
  if (encodeURIComponent(request.key).length > 255)
    return s3Error(400, "KeyTooLongError", "Your key is too long");
  return handler(buckets, request);
}

function callOf(request: StandInRequest): string {
  const where = request.key === "" ? (request.bucket === "" ? "service" : "bucket") : "object";
  const variants = [...request.query.keys()].filter((name) => !plain.has(name));
  return [request.method, where, ...variants].join(" ");
}

function found(store: BucketStore, request: StandInRequest, reply: (object: StoredObject) => Reply): Reply {
  const object = store.get(request.bucket, request.key);
  return object ? reply(object) : s3Error(404, "NoSuchKey", "The specified key does not exist.");
}

const show = (object: StoredObject, body?: Buffer): Reply => ({
  status: 200,
  headers: {
    etag: object.etag,
    "last-modified": object.modified.toUTCString(),
    "content-length": String(object.body.length),
    "content-type": "application/octet-stream",
  },
  ...(body && { body }),
});

function write(store: BucketStore, request: StandInRequest): Reply {
  const condition = { ifMatch: request.header("if-match"), ifNoneMatch: request.header("if-none-match") };
  const etag = store.put(request.bucket, request.key, { body: request.body, condition });
  return etag === undefined ? preconditionFailed() : { status: 200, headers: { etag } };
}

/** What S3 says when a conditional write comes too late. */
export const preconditionFailed = (): Reply =>
  s3Error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");

function deleteMany(store: BucketStore, request: StandInRequest): Reply {
  const keys = textsIn(request.body.toString("utf8"), "Key");
  for (const key of keys) store.remove(request.bucket, key);
  return deletedObjects(keys);
}
