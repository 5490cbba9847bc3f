import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { afterKill, forgetState, layers, record, TaggedWorld } from "./after-kill";
import { rehearseInMemory } from "./rehearsing";
import { commands, run, table } from "./runs";
import { cellar } from "./toys";

const destroy = "destroy --env dev --only keys --confirm dev";
const unasked = `${destroy} --yes --allow-data-loss keys`;

/** Objects of the layer that exist; its bucket for states is another one's. */
function left({ cloud }: TaggedWorld): readonly string[] {
  const own = ({ type, id }: { readonly type: string; readonly id: string }) =>
    ["aws_vpc", "aws_kms_alias"].includes(type)
      ? !/state/.test(id)
      : /dev-files|^k-/.test(id) || type === "aws_kms_key";
  return [...cloud.objects.values()].filter(own).map(({ type, id }) => `${type} ${id}`);
}

/** The key of the state bucket alone. */
const cellarsAlone = [expect.stringMatching(/^aws_kms_key /) as string];

test("what an apply that was cut off has created is imported and destroyed in the same command, after a question of its own", async () => {
  const world = await afterKill();
  world.answering("yes", "keys");
  expect(await run(world, destroy, layers)).toBe(0);
  expect(world.questions).toEqual(["yes/no", expect.stringMatching(/Enter keys to confirm/) as string]);
  expect(left(world)).toEqual(cellarsAlone);
  expect(table(world)).toEqual({ keys: "destroyed" });
  expect(world.files.read(record)).toBeUndefined();
  expect(world.printed).toContain("Import 5 objects into the state of keys, to destroy them with it?");
  expect(world.printed.join("\n")).toMatch(
    /aws_kms_key\.data-key[ │]+aws_kms_key-\d[ │]+created by an earlier run[ │]+import, then destroy/,
  );
});

test("a destroy that fails in the middle is repeated, and needs no recovery", async () => {
  const world = await afterKill();
  world.faults.fail.set("aws_kms_key.data-key", "deleting KMS Key: KMSInternal");
  const failed = await run(world, `${unasked} --remove-leftovers`, layers);
  expect(failed).toMatchObject({ exitCode: 1, hint: expect.not.stringContaining("recover") as string });
  world.faults.fail.clear();
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  expect(left(world)).toEqual(cellarsAlone);
});

test("a no ends the run, and nothing is imported or destroyed", async () => {
  const world = await afterKill();
  const before = left(world);
  world.answering("no");
  expect(await run(world, destroy, layers)).toMatchObject({ message: 'Cannot destroy "keys": declined' });
  expect(left(world)).toEqual(before);
  expect(world.addresses).toEqual([]);
  expect(commands(world, "apply")).toEqual([]);
});

test("--yes does not cover it: the run ends with 8 and the option that does", async () => {
  const world = await afterKill();
  const refused = await run(world, unasked, layers);
  expect(refused).toMatchObject({
    message: expect.stringMatching(
      /^Cannot destroy "keys" without approval: 5 objects of it exist, and no state has .*aws_kms_key\.data-key aws_kms_key-\d/,
    ) as string,
    hint: `To destroy them as well, run: npx ts-node scripts/provision.ts ${destroy.replace("--confirm dev", "--yes --confirm dev")} --allow-data-loss keys --remove-leftovers`,
    exitCode: 8,
  });
  expect(commands(world, "apply")).toEqual([]);
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  expect(left(world)).toEqual(cellarsAlone);
});

test("nor does --remove-leftovers cover data", async () => {
  const world = await afterKill();
  const command = `${destroy} --yes --remove-leftovers --allow-data-loss cellar`;
  expect(await run(world, command, layers)).toMatchObject({ exitCode: 4 });
  expect(left(world)).toHaveLength(6);
});

test("without a record, a key with the tags of the layer is a sign, and all that names and tags tell goes", async () => {
  const world = await afterKill(false);
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  // Nothing tells the network: it has neither a name nor a tag of its own.
  expect(left(world)).toEqual([...cellarsAlone, expect.stringMatching(/^aws_vpc /) as string]);
});

test("the journal of another machine's run is a sign as well, where nothing has tags", async () => {
  const world = await afterKill(false);
  for (const { type, id, body } of [...world.cloud.objects.values()])
    if (type === "aws_kms_key" && body?.["tags"] !== undefined) world.cloud.objects.delete(`${type}/${id}`);
  expect(await run(world, unasked, layers)).toBe(0);
  expect(left(world).join()).toContain("dev-files");
  const time = "2026-01-01T08:00:00.000Z";
  const who = {
    run: "20260101-080000-aaaa",
    user: "ben",
    host: "elsewhere",
    pid: 1,
    command: "apply --env dev",
  };
  const lines = ["started", "applying"].map((phase) =>
    JSON.stringify({ ...who, time, phase, layer: "keys" }),
  );
  for (const key of [...world.cloud.stored.keys()].filter((name) => name.includes("/journal/")))
    world.cloud.stored.erase(key);
  world.cloud.stored.set(`dev-state/us-west-2/journal/${who.run}/dev`, `${lines.join("\n")}\n`);
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  expect(left(world).join()).not.toContain("dev-files");
});

test("of two objects for one resource both go, one after the other", async () => {
  const world = await afterKill();
  const second = { type: "aws_kms_key", id: "k-2", body: { tags: { Name: "dev-data" } } };
  world.cloud.objects.set("aws_kms_key/k-2", second);
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  expect(left(world)).toEqual(cellarsAlone);
  expect(table(world)).toEqual({ keys: "destroyed" });
});

test("a namesake without the tags of the layer is shown, and stays", async () => {
  const world = await afterKill(false);
  world.cloud.objects.set("aws_s3_bucket/dev-files", { type: "aws_s3_bucket", id: "dev-files", body: {} });
  expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
  expect(left(world).join()).toContain("aws_s3_bucket dev-files");
  expect(world.printed.join("\n")).toMatch(
    /dev-files[ │]+has its name[ │]+not touched: it lacks the tags of this layer/,
  );
});

describe("a record without the state bucket", () => {
  async function withoutBucket(): Promise<TaggedWorld> {
    const world = await afterKill();
    // The bucket, its key and the alias of that.
    for (const [name, { type, body }] of [...world.cloud.objects])
      if (/-state$/.test(name) || (type === "aws_kms_key" && body?.["tags"] === undefined))
        world.cloud.objects.delete(name);
    for (const key of [...world.cloud.stored.keys()]) world.cloud.stored.erase(key);
    return world;
  }

  test("ends with the commands by which its objects are destroyed", async () => {
    const world = await withoutBucket();
    expect(await run(world, `${unasked} --remove-leftovers`, layers)).toMatchObject({
      message: expect.stringMatching(
        /^Cannot destroy "keys": .* without the state bucket they cannot be imported$/,
      ) as string,
      hint: expect.stringMatching(
        /^Create it, run: \S+ \S+ \S+ --env dev --only cellar; then run: .*destroy/,
      ) as string,
      exitCode: 8,
    });
    expect(await run(world, "--env dev --yes --only cellar", layers)).toBe(0);
    expect(await run(world, `${unasked} --remove-leftovers`, layers)).toBe(0);
    expect(left(world)).toEqual(cellarsAlone);
  });

  /** Nothing with the tags of the layer exists any more; the record has these. */
  async function withRecord(...recorded: readonly { readonly type: string; readonly id?: string }[]) {
    const world = await withoutBucket();
    for (const [key, { type }] of [...world.cloud.objects])
      if (type === "aws_kms_key") world.cloud.objects.delete(key);
    const lines = recorded.map(({ type, id }) => {
      const address = `${type}.one`;
      const line = id === undefined ? { began: address, type } : { created: address, type, id };
      return `${JSON.stringify(line)}\n`;
    });
    world.files.write(record, lines.join(""));
    return world;
  }

  test("is forgotten once nothing with the tags of its layer exists, if all that it has would be listed", async () => {
    const world = await withRecord({ type: "aws_kms_key", id: "k-9" }, { type: "aws_vpc" });
    expect(await run(world, unasked, layers)).toBe(0);
    expect(world.files.read(record)).toBeUndefined();
  });

  test("is not forgotten where it has what AWS lists by no tags, or does not answer about", async () => {
    const world = await withRecord(
      { type: "aws_vpc", id: "vpc-9" },
      { type: "aws_s3_bucket", id: "dev-files" },
    );
    expect(await run(world, unasked, layers)).toMatchObject({
      message:
        'Cannot destroy "keys": an earlier run was cut off while it created aws_s3_bucket.one dev-files, and without the state bucket they cannot be imported',
      exitCode: 8,
    });
    expect(world.files.read(record)).toContain("dev-files");
  });

  test("is forgotten where AWS says that what it has is gone, although lists of tags still have it", async () => {
    const created = { type: "aws_nat_gateway", id: "nat-9" };
    const world = await withRecord(created, { type: "aws_rds_cluster", id: "dev-data" });
    const send = world.aws.send.bind(world.aws);
    const replies: Readonly<Record<string, object>> = {
      GetResources: {
        ResourceTagMappingList: [
          {
            ResourceARN: "arn:aws:ec2:us-west-2:123456789012:natgateway/nat-9",
            Tags: Object.entries({ environment: "dev", layer: "keys" }).map(([Key, Value]) => ({
              Key,
              Value,
            })),
          },
        ],
      },
      DescribeNatGateways: { NatGateways: [{ State: "deleted" }] },
      DescribeDBClusters: { DBClusters: [] },
    };
    Object.assign(world.aws, {
      send: (...given: Parameters<typeof send>) => {
        const reply = replies[given[0].operation];
        return reply === undefined ? send(...given) : Promise.resolve(reply);
      },
    });
    expect(await run(world, unasked, layers)).toBe(0);
    expect(world.files.read(record)).toBeUndefined();
  });
});

test("a record whose objects are gone holds nothing up, and is forgotten", async () => {
  const world = await afterKill();
  for (const name of left(world).slice(1)) world.cloud.objects.delete(name.replace(" ", "/"));
  expect(await run(world, unasked, layers)).toBe(0);
  expect(world.files.read(record)).toBeUndefined();
});

test("a layer that has all its objects is not searched", async () => {
  const world = new TaggedWorld();
  await run(world, "--env dev --yes", layers);
  world.ran.length = 0;
  expect(await run(world, unasked, layers)).toBe(0);
  expect(commands(world, "plan")).toEqual(["keys plan"]);
});

test("what has the name of an object of another type in the state is in no state all the same", async () => {
  const bastion = defineLayer({
    ...{ name: "keys", summary: "Bastion", settings: z.strictObject({}), needs: {}, outputs: {} },
    build(stack) {
      const role = new IamRole(stack, "role", { name: "dev-bastion", assumeRolePolicy: "{}" });
      new IamInstanceProfile(stack, "profile", { name: "dev-bastion", role: role.name });
      return {};
    },
  });
  const rooms = inOrder([cellar, bastion]);
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes", rooms)).toBe(0);
  const { resources, ...state } = world.state();
  const role = resources.filter(({ type }) => type === "aws_iam_role");
  world.cloud.stored.set(world.stateKey, JSON.stringify({ ...state, resources: role }));
  const created = { created: "aws_iam_instance_profile.profile", type: "aws_iam_instance_profile" };
  world.files.write(record, `${JSON.stringify({ ...created, id: "dev-bastion" })}\n`);
  expect(await run(world, `${unasked} --remove-leftovers`, rooms)).toBe(0);
  expect([...world.cloud.objects.keys()].filter((name) => name.includes("bastion"))).toEqual([]);
});

test("a rehearsal asks nothing, and ends without objects", async () => {
  const world = await afterKill();
  rehearseInMemory(world);
  forgetState(world);
  const lines = world.files.read(record) ?? "";
  world.files.write(record.replace("/dev/", "/rehearsal/dev/"), lines);
  expect(await run(world, "destroy --env dev --only keys --rehearse", layers)).toBe(0);
  expect(world.questions).toEqual([]);
  expect(left(world)).toEqual(cellarsAlone);
});
