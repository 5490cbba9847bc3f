import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCloud } from "../cloud/file-cloud";
import { startStandIn, type StandIn } from "../state/stand-in";

let directory: string;
let standIn: StandIn;

const start = async (refuseLock = false): Promise<void> => {
  standIn = await startStandIn({ directory, account: "111122223333", partition: "aws-us-gov", refuseLock });
};
const createBucket = (): void => {
  const bucket = { type: "aws_s3_bucket", id: "states", attributes: {}, createdAt: "2025-01-01T00:00:00Z" };
  openCloud(directory, "aws").put(bucket);
};
const call = (method: string, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${standIn.url}/${path}`, { method, ...init });
const put = (key: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  call("PUT", `states/${key}`, { body, headers });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "stand-in-"));
  await start();
});
afterEach(async () => {
  await standIn.stop();
  rmSync(directory, { recursive: true });
});

describe("buckets", () => {
  it("does not know a bucket without a simulated aws_s3_bucket", async () => {
    const listed = await call("GET", "states?list-type=2");
    expect(listed.status).toBe(404);
    expect(await listed.text()).toContain("<Code>NoSuchBucket</Code>");
    expect((await put("vpc/dev", "{}")).status).toBe(404);
    expect((await call("HEAD", "states")).status).toBe(404);
  });

  it("knows the bucket from the moment it exists in the simulated cloud", async () => {
    createBucket();
    expect((await call("HEAD", "states")).status).toBe(200);
  });

  it("returns NoSuchKey for an object that does not exist", async () => {
    createBucket();
    const read = await call("GET", "states/vpc/dev");
    expect(read.status).toBe(404);
    expect(await read.text()).toContain("<Code>NoSuchKey</Code>");
  });
});

describe("objects", () => {
  beforeEach(createBucket);

  it("returns an object whose key contains slashes, with its ETag", async () => {
    const written = await put("us-east-1/vpc/dev", '{"serial":1}');
    const read = await call("GET", "states/us-east-1/vpc/dev");
    expect(await read.text()).toBe('{"serial":1}');
    expect(read.headers.get("etag")).toBe(written.headers.get("etag"));
    const head = await call("HEAD", "states/us-east-1/vpc/dev");
    expect(head.headers.get("content-length")).toBe("12");
  });

  it("forgets a deleted object", async () => {
    await put("vpc/dev", "{}");
    expect((await call("DELETE", "states/vpc/dev")).status).toBe(204);
    expect((await call("HEAD", "states/vpc/dev")).status).toBe(404);
  });

  it("lists by prefix, folding what lies behind the delimiter", async () => {
    for (const key of ["env:/dev/a", "env:/prod/a", "vpc&eks", "env:/x"]) await put(encodeURI(key), "{}");
    const listed = await call("GET", "states?list-type=2&prefix=env%3A%2F&delimiter=%2F");
    const xml = await listed.text();
    expect(xml).toContain("<Key>env:/x</Key>");
    expect(xml).toContain("<CommonPrefixes><Prefix>env:/dev/</Prefix></CommonPrefixes>");
    expect(xml).not.toContain("vpc");
    expect(await (await call("GET", "states?list-type=2")).text()).toContain("<Key>vpc&amp;eks</Key>");
  });

  it("lists each object as its only version", async () => {
    await put("vpc/dev", "{}");
    const xml = await (await call("GET", "states?versions")).text();
    expect(xml).toContain("<Version><VersionId>null</VersionId><IsLatest>true</IsLatest><Key>vpc/dev</Key>");
  });

  it("deletes many objects at once", async () => {
    for (const key of ["a", "b&c", "d"]) await put(encodeURIComponent(key), "{}");
    const body = "<Delete><Object><Key>a</Key></Object><Object><Key>b&amp;c</Key></Object></Delete>";
    await call("POST", "states?delete", { body });
    const left = await (await call("GET", "states?list-type=2")).text();
    expect([...left.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key)).toEqual(["d"]);
  });

  it("decodes a body sent in signed chunks", async () => {
    const body =
      "5;chunk-signature=aa\r\nhello\r\n6;chunk-signature=bb\r\n world\r\n0;chunk-signature=cc\r\n\r\n";
    await put("chunked", body, { "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" });
    expect(await (await call("GET", "states/chunked")).text()).toBe("hello world");
  });
});

describe("conditional writes", () => {
  beforeEach(createBucket);

  it("allows exactly one of several writers to create a lock", async () => {
    const writers = ["a", "b", "c", "d"].map((body) => put("vpc.tflock", body, { "if-none-match": "*" }));
    const statuses = (await Promise.all(writers)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 412, 412, 412]);
    expect(standIn.lockFiles()).toEqual(["states/vpc.tflock"]);
    await call("DELETE", "states/vpc.tflock");
    expect(standIn.lockFiles()).toEqual([]);
  });

  it("overwrites only the version the writer has seen", async () => {
    const etag = (await put("vpc", "one")).headers.get("etag") ?? "";
    expect((await put("vpc", "two", { "if-match": etag })).status).toBe(200);
    const late = await put("vpc", "three", { "if-match": etag });
    expect(late.status).toBe(412);
    expect(await (await call("GET", "states/vpc")).text()).toBe("two");
  });

  it("refuses every lock on request, and names the holder", async () => {
    await standIn.stop();
    await start(true);
    expect((await put("vpc.tflock", "{}", { "if-none-match": "*" })).status).toBe(412);
    const lock = (await (await call("GET", "states/vpc.tflock")).json()) as { Who: string; Path: string };
    expect(lock).toMatchObject({ Who: "another@client", Path: "states/vpc" });
    expect((await put("vpc", "{}")).status).toBe(200);
  });
});

describe("other services", () => {
  it("returns the rehearsed account and partition to callers of STS", async () => {
    const body = new URLSearchParams({ Action: "GetCallerIdentity", Version: "2011-06-15" });
    const xml = await (await call("POST", "", { body })).text();
    expect(xml).toContain("<Account>111122223333</Account>");
    expect(xml).toContain("<Arn>arn:aws-us-gov:sts::111122223333:assumed-role/simulated/rehearsal</Arn>");
  });

  it("names a call of another service that it cannot answer", async () => {
    const authorization =
      "AWS4-HMAC-SHA256 Credential=AKIA/20250101/us-east-1/dynamodb/aws4_request, Signature=0";
    const headers = { authorization, "x-amz-target": "DynamoDB_20120810.GetItem" };
    const reply = await call("POST", "", { headers, body: "{}" });
    expect(reply.status).toBe(501);
    expect(await reply.text()).toContain("Cannot answer dynamodb DynamoDB_20120810.GetItem");
  });

  it("names an S3 call that it cannot answer", async () => {
    const reply = await call("PUT", "states?versioning", { body: "<x/>" });
    expect(reply.status).toBe(501);
    expect(await reply.text()).toContain("Cannot answer S3 PUT bucket versioning");
  });
});
