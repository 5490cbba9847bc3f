import { describe, expect, test } from "vitest";
import { exitCodes } from "../../lib/errors";
import type { RehearsalRequest } from "../../scripts/provision/world/rehearsal";
import { FakeWorld } from "./fake-world";
import { rehearsing } from "./rehearsing";
import { run } from "./runs";

const rehearse = "apply --env dev --rehearse --only cellar --faults faults.yaml";

test("the failures and delays of a file reach the simulated account", async () => {
  const world = rehearsing();
  const requests: RehearsalRequest[] = [];
  const { product } = rehearsing();
  Object.assign(world.product, {
    startRehearsal: (request: RehearsalRequest) => {
      requests.push(request);
      return product.startRehearsal(request);
    },
  });
  world.texts.set(
    "faults.yaml",
    "fail: { aws_kms_key: LimitExceeded }\nlatencyMs: 5\nreadyMs: 7\nrefuseLock: false\n",
  );
  expect(await run(world, rehearse)).toBe(0);
  expect(await run(world, "apply --env dev --rehearse --only cellar")).toBe(0);
  expect(requests.map(({ faults }) => faults)).toEqual([
    { fail: { aws_kms_key: "LimitExceeded" }, latencyMs: 5, readyMs: 7, refuseLock: false },
    {},
  ]);
});

describe("before anything starts, refused are", () => {
  test.each([
    ["a file that is missing", undefined, "there is no such file"],
    ["what is not YAML", "fail: {", "faults.yaml"],
    [
      "every wrong value at once",
      "latencyMs: -1\nreadyMs: soon\nfale: {}\n",
      /latencyMs: .*; readyMs: .*; the file: .*fale/,
    ],
    ["an empty file", "", "the file: "],
  ])("%s", async (_what, text, message) => {
    const world = rehearsing();
    if (text !== undefined) world.texts.set("faults.yaml", text);
    expect(await run(world, rehearse)).toMatchObject({
      exitCode: exitCodes.usage,
      message:
        typeof message === "string" ? expect.stringContaining(message) : expect.stringMatching(message),
    });
    expect(world.ran).toEqual([]);
  });

  test("faults without a rehearsal", async () => {
    const world = new FakeWorld();
    world.texts.set("faults.yaml", "latencyMs: 1\n");
    expect(await run(world, "apply --env dev --faults faults.yaml")).toMatchObject({
      message: "Cannot rehearse failures in AWS: --faults needs --rehearse",
      exitCode: exitCodes.usage,
    });
    expect(world.ran).toEqual([]);
  });
});
