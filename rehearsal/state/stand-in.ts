import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { openBuckets, openCloud } from "../cloud/file-cloud";
import { fileErrorText } from "../system-error";
import { answerHeldLock, isLock } from "./held-lock";
import { requestId, s3Error, type Reply } from "./reply";
import { readRequest, type StandInRequest } from "./request";
import { answerS3, type Buckets } from "./s3";
import { callerIdentity, type Caller } from "./sts";

/** What the stand-in serves, and for whom. */
export interface StandInOptions extends Caller {
  /** Folder of the rehearsal. */
  readonly directory: string;
  /** Every state lock is held by another client. */
  readonly refuseLock?: boolean;
}

/** A running stand-in for the two AWS services that Terraform's S3 backend calls. */
export interface StandIn {
  /** Endpoint for S3 and STS alike, and HTTP proxy in front of them. */
  readonly url: string;
  /** Lock objects that exist now, as "bucket/key". */
  lockFiles(): readonly string[];
  removeLock(bucket: string, key: string): void;
  /** The text of an object; undefined if there is none. */
  stored(bucket: string, key: string): string | undefined;
  stop(): Promise<void>;
}

/** Starts the stand-in on an ephemeral port of 127.0.0.1, inside this process. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const cloud = openCloud(options.directory, "aws");
  const store = openBuckets(options.directory);
  const buckets = { store, exists: (bucket: string) => cloud.get("aws_s3_bucket", bucket) !== undefined };
  const server = createServer((message, response) => {
    void respond({ options, buckets }, message, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  server.on("connect", refuseTunnel);
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const locksOf = (bucket: string) =>
    store
      .keys(bucket)
      .filter(isLock)
      .map((key) => `${bucket}/${key}`);
  return {
    url: `http://127.0.0.1:${port ?? ""}`,
    lockFiles: () => store.buckets().flatMap(locksOf),
    removeLock: (bucket, key) => {
      store.remove(bucket, key);
    },
    stored: (bucket, key) => store.get(bucket, key)?.body.toString("utf8"),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Terraform has the stand-in as its only way out, so that a rehearsal cannot reach anything real by mistake. */
function refuseTunnel(_request: IncomingMessage, socket: Duplex): void {
  socket.end("HTTP/1.1 403 A rehearsal reaches nothing outside this machine\r\n\r\n");
}

interface Served {
  readonly options: StandInOptions;
  readonly buckets: Buckets;
}

async function respond(served: Served, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = await readRequest(message)
    .then((request) => answer(served, request))
    .catch((error: unknown) => s3Error(500, "InternalError", fileErrorText(error) ?? String(error)));
  const { status, headers, body = "" } = reply;
  const length = status === 204 ? {} : { "content-length": String(Buffer.byteLength(body)) };
  response.writeHead(status, { "x-amz-request-id": requestId(), ...length, ...headers });
  response.end(message.method === "HEAD" ? undefined : body);
}

function answer({ options, buckets }: Served, request: StandInRequest): Reply {
  const action = new URLSearchParams(request.body.toString("utf8")).get("Action");
  if (request.method === "POST" && request.bucket === "" && action === "GetCallerIdentity")
    return callerIdentity(options);
  if (request.service !== "" && request.service !== "s3") return unknownCall(request, action);
  return (options.refuseLock && answerHeldLock(request)) || answerS3(buckets, request);
}

function unknownCall(request: StandInRequest, action: string | null): Reply {
  const call = action ?? request.header("x-amz-target") ?? request.method;
  return s3Error(
    501,
    "NotImplemented",
    `Cannot answer ${request.service} ${call}: the stand-in knows S3 and STS GetCallerIdentity only`,
  );
}
