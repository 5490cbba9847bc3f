import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { awsCall } from "../../lib/layer/aws-call";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { dependents } from "../../lib/layer/retained";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { run, table } from "./runs";
import { cellar, toyEnvironment } from "./toys";

const address = "aws_kms_key.kept";

/** Has a key that snapshots may need, and one that nothing needs. */
const keys = defineLayer({
  name: "keys",
  summary: "Keys",
  settings: z.strictObject({ enabled: z.boolean().default(true).describe("Whether there are keys") }),
  needs: {},
  outputs: {},
  retained: () => [
    {
      address,
      what: "The key for data",
      dependents: (arns) => [
        dependents({
          about: "snapshots",
          call: awsCall("rds", "DescribeDBClusterSnapshots", {}),
          actions: ["rds:DescribeDBClusterSnapshots"],
          found: ({ DBClusterSnapshots = [] }) =>
            DBClusterSnapshots.filter(({ KmsKeyId }) => KmsKeyId === arns[address]).map(
              ({ DBClusterSnapshotIdentifier = "" }) => `snapshot "${DBClusterSnapshotIdentifier}"`,
            ),
        }),
      ],
      removal: (arn) => `aws kms schedule-key-deletion --key-id ${arn}`,
    },
  ],
  build(stack, { settings: { enabled } }) {
    if (!enabled) return {};
    for (const id of ["kept", "other"]) new KmsKey(stack, id, {});
    return {};
  },
});

const layers = inOrder([cellar, keys]);
const destroy = "destroy --env dev --yes --confirm dev --allow-data-loss cellar,keys";
let world: FakeWorld;
let aws: FakeAws;
const keysLeft = () => [...world.cloud.objects.values()].filter(({ type }) => type === "aws_kms_key");
const arn = () => `arn:aws_kms_key/${keyOf()}`;
const keyOf = () => {
  const state = world.cloud.stored.get("dev-state/us-west-2/keys/dev") ?? "";
  return /"name":"kept","instances":\[\{"attributes":\{[^}]*"id":"([^"]+)"/.exec(state)?.[1] ?? "";
};

beforeEach(async () => {
  world = new FakeWorld();
  aws = new FakeAws(world);
  aws.answers.set("s3 ListObjectsV2", { Contents: [] });
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
});

test("a key that a snapshot needs is kept, and its command is among the last lines", async () => {
  const kept = { arn: arn(), id: keyOf() };
  aws.answers.set("rds DescribeDBClusterSnapshots", {
    DBClusterSnapshots: [
      { DBClusterSnapshotIdentifier: "final", KmsKeyId: kept.arn },
      { DBClusterSnapshotIdentifier: "foreign", KmsKeyId: "another" },
    ],
  });
  expect(await run(world, destroy, layers)).toBe(0);
  expect(keysLeft().map(({ id }) => id)).toEqual([kept.id]);
  expect(table(world)).toMatchObject({ keys: "destroyed" });
  expect(world.printed.slice(-2)).toEqual([
    "Kept  what is still needed, and so was not destroyed",
    `  The key for data, ${kept.arn}, is kept: snapshot "final" needs it; once nothing needs it, run: aws kms schedule-key-deletion --key-id ${kept.arn}`,
  ]);
});

test("a key that nothing needs is destroyed", async () => {
  aws.answers.set("rds DescribeDBClusterSnapshots", { DBClusterSnapshots: [] });
  expect(await run(world, destroy, layers)).toBe(0);
  expect(keysLeft()).toEqual([]);
  expect(world.printed.join("\n")).not.toContain("What is still needed");
});

test("a key is kept when AWS does not say whether something needs it", async () => {
  const denied = "is not authorized to perform: rds:DescribeDBClusterSnapshots";
  aws.refusals.set("rds DescribeDBClusterSnapshots", awsError("AccessDenied", denied));
  expect(await run(world, destroy, layers)).toBe(0);
  expect(keysLeft()).toHaveLength(1);
  expect(world.printed.join("\n")).toContain(
    `is kept: not checked whether snapshots need it, AWS says "AccessDenied: ${denied}"`,
  );
});

test("what was kept is also shown when a later layer cannot be destroyed", async () => {
  aws.answers.set("rds DescribeDBClusterSnapshots", {
    DBClusterSnapshots: [{ DBClusterSnapshotIdentifier: "final", KmsKeyId: arn() }],
  });
  world.faults.fail.set("aws_s3_bucket.bucket", "AccessDenied");
  expect(await run(world, destroy, layers)).toMatchObject({ exitCode: 1 });
  expect(world.printed.at(-1)).toContain('snapshot "final" needs it');
});

describe("when its part is switched off", () => {
  const apply = "--env dev --yes --only keys --allow-data-loss keys";
  const removedFiles = () =>
    [...world.texts.keys()].filter((name) => name.endsWith("/provision_kept.tf.json"));
  // The first is that of the state bucket.
  const own = () => keysLeft().slice(1);
  const needed = () =>
    aws.answers.set("rds DescribeDBClusterSnapshots", {
      DBClusterSnapshots: [{ DBClusterSnapshotIdentifier: "final", KmsKeyId: arn() }],
    });
  const text = (key: string) =>
    `  The key for data, ${key}, is kept: snapshot "final" needs it; once nothing needs it, run: aws kms schedule-key-deletion --key-id ${key}`;

  beforeEach(() => {
    world.printed.length = 0;
    world.texts.set("configs/dev.yaml", `${toyEnvironment}layers: { keys: { enabled: false } }\n`);
  });

  test("a key that a snapshot needs leaves the state only", async () => {
    needed();
    const kept = { arn: arn(), id: keyOf() };
    expect(await run(world, apply, layers)).toBe(0);
    expect(own().map(({ id }) => id)).toEqual([kept.id]);
    expect(keyOf()).toBe("");
    expect(world.printed).toContain(text(kept.arn));
    expect(removedFiles()).toEqual([]);
  });

  test("a key that nothing needs is deleted", async () => {
    aws.answers.set("rds DescribeDBClusterSnapshots", { DBClusterSnapshots: [] });
    expect(await run(world, apply, layers)).toBe(0);
    expect(own()).toEqual([]);
    expect(world.printed.join("\n")).not.toContain("is kept");
  });

  test("plan shows it, and changes nothing", async () => {
    needed();
    expect(await run(world, "plan --env dev --only keys", layers)).toBe(0);
    expect(world.printed).toContain(text(arn()));
    expect(world.printed).toContain(`  . ${address} will no longer be managed, and stays as it is`);
    expect(world.printed).toContain(
      "  0 to add, 0 to change, 1 to destroy, 1 to import, move or remove from the state",
    );
    expect(own()).toHaveLength(2);
    expect(keyOf()).not.toBe("");
    expect(removedFiles()).toEqual([]);
  });

  test("it is not asked for again once it has left the state", async () => {
    needed();
    await run(world, apply, layers);
    world.printed.length = 0;
    expect(await run(world, apply, layers)).toBe(0);
    expect(world.printed.join("\n")).not.toContain("is kept");
  });
});

test("declining keeps a needed key in the state", async () => {
  aws.answers.set("rds DescribeDBClusterSnapshots", {
    DBClusterSnapshots: [{ DBClusterSnapshotIdentifier: "final", KmsKeyId: arn() }],
  });
  const before = keyOf();
  world.answering("dev", "no");
  expect(await run(world, "destroy --env dev --only keys", layers)).toMatchObject({
    message: 'Cannot destroy "keys": declined',
  });
  expect(keyOf()).toBe(before);
  expect(keysLeft()).toHaveLength(3);
  expect(world.questions.at(-1)).toBe("Lose the data in 1 object? Enter keys to confirm, details or quit:");
});

test("with --yes, the loss must be allowed of keys, too, that are in the state alone", async () => {
  aws.answers.set("rds DescribeDBClusterSnapshots", { DBClusterSnapshots: [] });
  world.texts.set("configs/dev.yaml", `${toyEnvironment}layers: { keys: { enabled: false } }\n`);
  expect(await run(world, "destroy --env dev --only keys --yes --confirm dev", layers)).toMatchObject({
    message: 'Cannot destroy "keys" without approval: objects that contain data or keys would be lost',
  });
  expect(keysLeft()).toHaveLength(3);
});
