import { expect, test } from "vitest";
import type { FakeWorld } from "./fake-world";
import { commands, run, table } from "./runs";
import { waiting } from "./waiting";

const applyCellar = "--env dev --yes --only cellar";
const denial =
  "AccessDenied: not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:us-west-2";

const reason = "AWS can deny a KMS key for 5 minutes after its alias was created";
const timings = (world: FakeWorld) => JSON.parse(world.texts.get("t.json") ?? "") as { retries: unknown };

test("a state bucket whose new key AWS denies gets its state as soon as KMS knows the alias", async () => {
  const { world, waited } = waiting();
  world.faults.denied.set("state push", { message: "failed to upload state: AccessDenied", times: 2 });
  expect(await run(world, `${applyCellar} --timings t.json`)).toBe(0);
  expect(commands(world, "state push")).toHaveLength(3);
  expect(waited()).toBe(30);
  expect(world.printed).toContain(
    "  AWS can deny a KMS key for 5 minutes after its alias was created; attempt 2 in 15 s",
  );
  expect(timings(world).retries).toEqual([
    { layer: "cellar", attempt: 2, waitedSeconds: 15, reason },
    { layer: "cellar", attempt: 3, waitedSeconds: 15, reason },
  ]);
});

test("after six minutes a denial stays", async () => {
  const { world } = waiting();
  world.faults.denied.set("state push", { message: "failed to upload state: AccessDenied", times: Infinity });
  expect(await run(world, applyCellar)).toMatchObject({ exitCode: 1 });
  expect(world.clock.seconds()).toBeGreaterThanOrEqual(360);
  expect(world.clock.seconds()).toBeLessThan(400);
});

test("a bootstrap that was interrupted before its state was stored has a new key, too", async () => {
  const { world } = waiting();
  world.faults.fail.set("aws_s3_bucket.bucket", "BucketAlreadyExists");
  await run(world, applyCellar);
  world.faults.fail.clear();
  world.faults.denied.set("state push", { message: "failed to upload state: AccessDenied", times: 1 });
  expect(await run(world, applyCellar)).toBe(0);
});

test.each([
  ["what passes KMS's answer on", denial],
  [
    "a database",
    "creating RDS Cluster (house): KMSKeyNotAccessibleFault: The specified KMS key does not exist",
  ],
  [
    "an instance",
    "waiting for EC2 Instance (i-1) create: unexpected state 'shutting-down', wanted target 'running'. last error: Client.InternalError: Client error on launch",
  ],
])(
  "a layer is applied again when AWS denies a new key to %s, without a second question",
  async (_, message) => {
    const { world } = waiting();
    world.answering("yes", "yes", "no");
    world.faults.denied.set("aws_vpc.vpc", { message, times: 2 });
    expect(await run(world, "--env dev --until ground")).toBe(0);
    expect(table(world)).toMatchObject({ ground: "applied, 2 retries" });
    expect(commands(world, "apply").filter((ran) => ran.startsWith("ground"))).toHaveLength(3);
    expect(world.questions).toHaveLength(2);
  },
);

test("a layer is not applied again when another answer was lost: that would create the same once more", async () => {
  const { world } = waiting();
  const message = `${denial}\n\nError: creating EC2 VPC: https response error StatusCode: 0, RequestID: , request send failed`;
  world.faults.denied.set("aws_vpc.vpc", { message, times: 1 });
  expect(await run(world, "--env dev --yes --until ground")).toMatchObject({
    hint: expect.stringContaining("recover --env dev --only ground") as string,
    exitCode: 8,
  });
  expect(commands(world, "apply").filter((ran) => ran.startsWith("ground"))).toHaveLength(1);
});

test("the first layer after a new state bucket waits for its key, too", async () => {
  const { world } = waiting();
  const message =
    "Error acquiring the state lock: operation error S3: PutObject, https response error StatusCode: 403";
  world.faults.denied.set("plan of ground", { message, times: 1 });
  expect(await run(world, "--env dev --yes --until ground")).toBe(0);
  expect(commands(world, "plan").filter((ran) => ran.startsWith("ground"))).toHaveLength(2);
});

test("nothing is repeated when the run changed no key", async () => {
  const { world } = waiting();
  await run(world, applyCellar);
  world.faults.denied.set("aws_vpc.vpc", { message: denial, times: 1 });
  expect(await run(world, "--env dev --yes --from ground --until ground")).toMatchObject({
    message: `Cannot apply "ground": AWS denies the use of a KMS key with "${denial}" (log: .provision/logs/dev/2026-01-01T09-00-00/ground.log)`,
    hint: "If the key or its alias is newer than five minutes, run again: npx ts-node scripts/provision.ts --env dev --from ground --until ground --yes; else compare your role's permissions with those that provision iam prints",
    exitCode: 1,
  });
  expect(commands(world, "apply")).toHaveLength(2);
});

test("a state that was not saved is not planned again", async () => {
  const { world } = waiting();
  world.faults.denied.set("aws_vpc.vpc", { message: `Failed to save state\n\n${denial}`, times: 1 });
  expect(await run(world, "--env dev --yes --until ground")).toMatchObject({ exitCode: 8 });
});
