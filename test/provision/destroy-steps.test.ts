import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { awsError } from "./aws-error";
import { FakeWorld } from "./fake-world";
import { rehearseInMemory } from "./rehearsing";
import { commands, run, table } from "./runs";
import { cellar, toyEnvironment } from "./toys";

const store = defineLayer({
  name: "store",
  summary: "Buckets, a database and a key",
  settings: z.strictObject({}),
  needs: {},
  outputs: {},
  build(stack) {
    new S3Bucket(stack, "logs", { bucket: "dev-logs", forceDestroy: !stack.deletionProtection });
    // What is in it must be deleted by hand.
    new S3Bucket(stack, "archive", { bucket: "dev-archive" });
    new KmsKey(stack, "key", { deletionWindowInDays: 7 });
    new RdsCluster(stack, "database", {
      clusterIdentifier: "dev",
      engine: "aurora-postgresql",
      deletionProtection: stack.deletionProtection,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "dev-final-1",
    });
    return {};
  },
});
const layers = inOrder([cellar, store]);
const destroy = "destroy --env dev --only store --yes --confirm dev --allow-data-loss store";

let world: FakeWorld;
/** `s3 Operation` of this bucket, and commands of Terraform, in order. */
let steps: string[];

beforeEach(async () => {
  world = new FakeWorld();
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  world.cloud.stored.set("dev-logs/one", "1");
  world.cloud.stored.set("dev-logs/two", "2");
  world.printed.length = 0;
  world.ran.length = 0;
  steps = [];
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) => {
      const [{ operation, input }] = given;
      if (JSON.stringify(input).includes("dev-logs")) steps.push(operation);
      return send(...given);
    },
  });
  world.before = (command) => {
    if (/ (plan|apply)$/.test(command)) steps.push(command);
  };
});

const printed = () => world.printed.join("\n");

test("a bucket is emptied after the plan and before the apply, which finds nothing in it", async () => {
  const seen: string[] = [];
  const before = world.before;
  world.before = (command) => {
    before(command);
    if (command === "store apply")
      seen.push(...[...world.cloud.stored.keys()].filter((key) => /logs/.test(key)));
  };
  expect(await run(world, destroy, layers)).toBe(0);
  expect(steps).toEqual([
    "store plan",
    "store apply",
    "store plan",
    "ListObjectVersions",
    "DeleteObjects",
    "ListObjectVersions",
    "store apply",
  ]);
  // The first apply only disables deletion protection.
  expect(seen).toEqual(["dev-logs/one", "dev-logs/two"]);
  expect(printed()).toContain("Emptied dev-logs: 2 versions of objects deleted");
});

test("a bucket that may only be deleted empty keeps what is in it", async () => {
  world.cloud.stored.set("dev-archive/record", "1");
  expect(await run(world, destroy, layers)).toMatchObject({ exitCode: 1 });
  expect(world.cloud.stored.has("dev-archive/record")).toBe(true);
});

test("the steps of a destroy stand below its plan, before the question", async () => {
  world.answering("quit");
  await run(world, "destroy --env dev --only store --confirm dev", layers);
  expect(world.printed).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^ *Before: deletion protection and log delivery are disabled: .*aws_rds_cluster\.database/,
      ),
      "  Before: every version of every object is deleted, unless the bucket must be empty: aws_s3_bucket.archive, aws_s3_bucket.logs",
      "  It leaves the key aws_kms_key.key, which AWS deletes after 7 days",
      "  It leaves the final snapshot dev-final-1",
    ]),
  );
  expect(steps).toEqual(["store plan"]);
});

test("each run ends with its own snapshots and keys, also one that fails after them", async () => {
  const named = () => {
    const start = world.printed.indexOf("Snapshots and keys  what AWS keeps of what was deleted");
    return start === -1 ? [] : world.printed.slice(start + 1);
  };
  world.faults.fail.set("aws_s3_bucket.archive", "AccessDenied");
  expect(await run(world, destroy, layers)).toMatchObject({ exitCode: 1 });
  expect(named()).toEqual([
    expect.stringMatching(
      /^ {2}Key \S+ \(aws_kms_key\.key\), which AWS deletes after 7 days; to keep it, run: aws kms cancel-key-deletion --region us-west-2 --key-id \S+$/,
    ),
  ]);
  world.faults.fail.clear();
  world.printed.length = 0;
  expect(await run(world, destroy, layers)).toBe(0);
  expect(named()).toEqual([
    "  Final snapshot dev-final-1 of aws_rds_cluster.database; to delete it, run: aws rds delete-db-cluster-snapshot --region us-west-2 --db-cluster-snapshot-identifier dev-final-1",
  ]);
});

test("what S3 refuses to delete ends the run before Terraform destroys anything", async () => {
  const send = world.aws.send.bind(world.aws);
  const Errors = [{ Key: "one", Code: "AccessDenied", Message: "Access Denied" }];
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) =>
      given[0].operation === "DeleteObjects" ? Promise.resolve({ Errors }) : send(...given),
  });
  expect(await run(world, destroy, layers)).toMatchObject({
    message:
      'Cannot empty the bucket "dev-logs": of 1 objects AWS says "AccessDenied: Access Denied", e.g. of "one"',
  });
  expect(commands(world, "apply")).toHaveLength(1);
});

test("an interrupt ends the emptying between two pages, and the same command goes on", async () => {
  const send = world.aws.send.bind(world.aws);
  let pages = 0;
  Object.assign(world.aws, {
    send: async (...given: Parameters<typeof send>) => {
      const answer = await send(...given);
      if (given[0].operation !== "ListObjectVersions" || !JSON.stringify(given[0].input).includes("dev-logs"))
        return answer;
      pages += 1;
      if (pages === 1) world.interrupt();
      return {
        ...(answer as object),
        IsTruncated: pages === 1,
        NextKeyMarker: "one",
        NextVersionIdMarker: "null",
      };
    },
  });
  expect(await run(world, destroy, layers)).toMatchObject({ exitCode: 7 });
  expect(pages).toBe(1);
  expect(await run(world, destroy, layers)).toBe(0);
  expect(table(world)).toEqual({ store: "destroyed" });
  expect(await run(world, destroy, layers)).toBe(0);
});

test("a bucket that an earlier destroy has deleted is no obstacle", async () => {
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) =>
      given[0].operation === "ListObjectVersions"
        ? Promise.reject(awsError("NoSuchBucket", "The specified bucket does not exist"))
        : send(...given),
  });
  expect(await run(world, destroy, layers)).toBe(0);
});

test("the lock stays in the state bucket until that is deleted", async () => {
  const kept: (readonly string[])[] = [];
  world.before = (command) => {
    if (command === "cellar apply")
      kept.push([...world.cloud.stored.keys()].filter((key) => key.startsWith("dev-state/")));
  };
  expect(
    await run(world, "destroy --env dev --yes --confirm dev --allow-data-loss store,cellar", layers),
  ).toBe(0);
  expect(kept.at(-1)).toEqual(["dev-state/us-west-2/environment.lock/dev.tflock"]);
  expect([...world.cloud.stored.keys()]).toEqual([]);
});

/** Has AWS list these ARNs in each region, and say that they exist. */
function listing(world: FakeWorld, arns: Readonly<Record<string, readonly string[]>>): readonly object[] {
  const send = world.aws.send.bind(world.aws);
  const asked: object[] = [];
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) => {
      const [{ operation, input, region = "" }] = given;
      const ids = JSON.stringify(input);
      if (operation === "GetResources") {
        asked.push({ ...input, region });
        const Tags = Object.entries({ environment: "dev", layer: "store" }).map(([Key, Value]) => ({
          Key,
          Value,
        }));
        const found = (arns[region] ?? []).map((ResourceARN) => ({ ResourceARN, Tags }));
        return Promise.resolve({ ResourceTagMappingList: found });
      }
      if (operation === "DescribeNatGateways")
        return Promise.resolve({ NatGateways: [{ State: ids.includes("nat-1") ? "available" : "deleted" }] });
      if (operation === "DescribeAddresses") {
        const isThere = ids.includes("eipalloc-1") && region === "us-east-1";
        return Promise.resolve({ Addresses: isThere ? [{}] : [] });
      }
      if (operation === "DescribeFileSystems")
        return Promise.resolve({ FileSystems: [{ LifeCycleState: "available" }] });
      return send(...given);
    },
  });
  return asked;
}

const arn = (kind: string, region = "us-west-2") =>
  `arn:aws:${kind.replace(" ", `:${region}:123456789012:`)}`;

/** `store` with something that belongs to no region. */
const zoned: typeof store = {
  ...store,
  build(stack, inputs) {
    new Route53Zone(stack, "zone", { name: "dev.example.com" });
    return store.build(stack, inputs);
  },
};

test("what still exists in any region with the tags of a destroyed layer ends it with 8, unless AWS only lists it still", async () => {
  const asked = listing(world, {
    "us-west-2": [arn("ec2 natgateway/nat-1"), arn("ec2 natgateway/nat-2"), arn("ec2 elastic-ip/eipalloc-2")],
    "us-east-1": [arn("ec2 elastic-ip/eipalloc-1", "us-east-1")],
  });
  const withZone = inOrder([cellar, zoned]);
  expect(await run(world, "--env dev --yes", withZone)).toBe(0);
  expect(await run(world, destroy, withZone)).toMatchObject({
    message:
      'Cannot finish destroying "dev": 2 objects with the tags of its layers exist, and no state has aws_nat_gateway nat-1, aws_eip eipalloc-1',
    hint: `Delete them by the commands above, then run: npx ts-node scripts/provision.ts ${destroy}`,
    exitCode: 8,
  });
  expect(asked.at(-1)).toMatchObject({
    TagFilters: [
      { Key: "environment", Values: ["dev"] },
      { Key: "layer", Values: ["store"] },
    ],
  });
  expect(table(world)).toEqual({ store: "destroyed" });
  expect(world.printed.filter((line) => / (nat|eipalloc)-/.test(line))).toEqual([
    "  aws_nat_gateway nat-1 (available); to delete it, run: aws ec2 delete-nat-gateway --nat-gateway-id nat-1 --region us-west-2",
    "  aws_eip eipalloc-1 (allocated); to delete it, run: aws ec2 release-address --allocation-id eipalloc-1 --region us-east-1",
  ]);
});

test("a file system with those tags, e.g. one that was restored, is named, and fails no run", async () => {
  const asked = listing(world, { "us-west-2": [arn("elasticfilesystem file-system/fs-1")] });
  expect(await run(world, destroy, layers)).toBe(0);
  expect(asked).toContainEqual(expect.objectContaining({ region: "us-west-2" }));
  expect(asked).not.toContainEqual(expect.objectContaining({ region: "us-east-1" }));
  expect(printed()).toContain("aws_efs_file_system fs-1 (available); to delete it, run: aws efs");
});

test("a rehearsal asks S3 nothing, and names no snapshots and keys", async () => {
  rehearseInMemory(world);
  expect(await run(world, "destroy --env dev --only store --rehearse", layers)).toBe(0);
  expect(steps).not.toContain("ListObjectVersions");
  expect(printed()).not.toContain("Snapshots and keys");
});

test("the hooks of a destroy are listed before anything is agreed to", async () => {
  world.texts.set(
    "configs/dev.yaml",
    `${toyEnvironment}hooks:\n  - { when: before, layer: store, command: [./drain], during: [destroy] }\n  - { when: after, layer: store, command: [./tell], during: [apply] }\n`,
  );
  world.answering("quit");
  await run(world, "destroy --env dev --only store", layers);
  expect(world.printed).toContain("  Hooks of this destroy: before store: ./drain");
  expect(steps).toEqual([]);
});
