import { createServer, request, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { answerAws } from "../../scripts/chaos/aws-answers";
import { startStorage, type Storage, type StorageFault } from "../../scripts/chaos/storage";

let bucket: Server;
let storage: Storage;
let written: string[];

beforeEach(async () => {
  written = [];
  bucket = createServer((incoming, outgoing) => {
    let body = "";
    incoming.on("data", (chunk: Buffer) => (body += chunk.toString()));
    incoming.on("end", () => {
      if (incoming.method === "PUT") written.push(body);
      outgoing.end("stored");
    });
  });
  await new Promise<void>((done) => bucket.listen(0, "127.0.0.1", done));
  const address = bucket.address();
  storage = await startStorage(
    `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    (call) => answerAws(call, () => []),
  );
});

afterEach(async () => {
  await storage.stop();
  bucket.close();
});

/** The status of a write to a bucket; undefined if the connection was lost. */
function put(
  fault: StorageFault | undefined,
  headers: Record<string, string> = {},
): Promise<number | undefined> {
  storage.fault = fault;
  return new Promise((done) => {
    const { port } = new URL(storage.url);
    const path = "http://states.s3.rehearsal.test/key";
    const sent = request({ host: "127.0.0.1", port, path, method: "PUT", headers }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    });
    sent.on("error", () => {
      done(undefined);
    });
    sent.end("state");
  });
}

test("requests pass until a fault is set, and are counted", async () => {
  expect(await put(undefined)).toBe(200);
  expect(written).toEqual(["state"]);
  expect(storage.requests).toBe(1);
});

test.each<{ what: string; fault: StorageFault; status: number | undefined; stored: readonly string[] }>([
  { what: "down", fault: { kind: "down" }, status: undefined, stored: [] },
  { what: "slow", fault: { kind: "slow", milliseconds: 50 }, status: 200, stored: ["state"] },
  { what: "failing", fault: { kind: "answers", status: 500 }, status: 500, stored: [] },
  { what: "overloaded", fault: { kind: "answers", status: 503 }, status: 503, stored: [] },
  { what: "cut off before", fault: { kind: "cut", when: "early" }, status: undefined, stored: [] },
  { what: "cut off after", fault: { kind: "cut", when: "late" }, status: undefined, stored: ["state"] },
])("a write to a bucket that is $what", async ({ fault, status, stored }) => {
  expect(await put(fault)).toBe(status);
  expect(written).toEqual(stored);
});

test("only writes with a condition are refused", async () => {
  expect(await put({ kind: "refuses" })).toBe(200);
  expect(await put({ kind: "refuses" }, { "if-none-match": "*" })).toBe(412);
});

test("what is for another service is answered in its form, and never disturbed", async () => {
  storage.fault = { kind: "down" };
  const ask = (body: string) => fetch(storage.url, { method: "POST", body });
  const none = await ask("Action=DescribeVolumes&Version=2016-11-15");
  expect(await none.text()).toBe("<DescribeVolumesResponse/>");
  const refused = await ask("Action=TerminateInstances");
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain("AccessDenied");
});
