import { expect, test } from "vitest";
import { openRecord, readRecord, type RecordedCall } from "../real/api/recorded-call";

const call = (operation: string): RecordedCall => ({
  ...{ service: "sns", operation, region: "eu-central-1", params: { Name: "a" } },
  ...{ status: 200, layer: "toy", phase: "apply" },
});

test("a record has every call so far when it is written, and goes on", async () => {
  const record = openRecord("toy");
  const calls = Array.from({ length: 2000 }, (_, index) => call(`Operation${index}`));
  for (const each of calls) record.add(each);
  await record.written();
  expect(readRecord("toy")).toEqual(calls);
  record.add(call("Last"));
  await record.close();
  expect(readRecord("toy").at(-1)?.operation).toBe("Last");
});
