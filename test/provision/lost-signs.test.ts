import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { awsCall } from "../../lib/layer/aws-call";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { dependents } from "../../lib/layer/retained";
import type { JournalLine } from "../../scripts/provision/run/journal/line";
import { readStateHead } from "../../scripts/provision/terraform/state";
import { afterKill, layers, record, TaggedWorld } from "./after-kill";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar } from "./toys";

const destroy = "destroy --env dev --only keys --confirm dev --yes --allow-data-loss keys";

/** Answers some operations of a world in another way; undefined: as before. */
function answering(
  world: FakeWorld,
  answer: (
    operation: string,
    input: string,
    asked: { readonly region?: string; readonly patience: string },
  ) => object | undefined,
): FakeWorld {
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) => {
      const [{ operation, input, region }, { patience }] = given;
      const asked = { ...(region === undefined ? {} : { region }), patience };
      const answered = answer(operation, JSON.stringify(input), asked);
      if (answered === undefined) return send(...given);
      return answered instanceof Error ? Promise.reject(answered) : Promise.resolve(answered);
    },
  });
  return world;
}

describe("what AWS lists with the tags of a destroyed layer", () => {
  const Tags = Object.entries({ environment: "dev", layer: "keys" }).map(([Key, Value]) => ({ Key, Value }));
  const destroyBeside = async (kind: string) => {
    const ResourceARN = `arn:aws:ec2:us-west-2:123456789012:${kind}`;
    const world = new TaggedWorld();
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    answering(world, (operation, _, { region }) => {
      if (operation === "GetResources" && region === "us-west-2")
        return { ResourceTagMappingList: [{ ResourceARN, Tags }] };
      return operation === "DescribeNatGateways"
        ? awsError("UnauthorizedOperation", "not authorized")
        : undefined;
    });
    return { world, ended: await run(world, destroy, layers) };
  };

  test("may exist where AWS does not answer about it, and ends the run with 8", async () => {
    const { world, ended } = await destroyBeside("natgateway/nat-1");
    expect(ended).toMatchObject({
      message: expect.stringMatching(
        /^Cannot finish destroying "dev": it is not known whether all is gone; aws_nat_gateway nat-1 may exist, AWS says "UnauthorizedOperation/,
      ) as string,
      exitCode: 8,
    });
    expect(world.printed.join("\n")).toContain("May exist: aws_nat_gateway nat-1");
  });

  test("is named where nothing is asked about its type, unless a state had it", async () => {
    const { world, ended } = await destroyBeside("subnet/subnet-1");
    expect(ended).toBe(0);
    expect(world.printed.join("\n")).toContain(
      "May exist: aws_subnet subnet-1; AWS lists for hours what is deleted, and nothing else is asked about these types",
    );
    const own = new TaggedWorld();
    expect(await run(own, "--env dev --yes", layers)).toBe(0);
    const objects = [...own.cloud.objects.values()];
    const { id } = objects.findLast(({ type }) => type === "aws_kms_key") ?? { id: "" };
    const ResourceARN = `arn:aws:kms:us-west-2:123456789012:key/${id}`;
    answering(own, (operation) =>
      operation === "GetResources" ? { ResourceTagMappingList: [{ ResourceARN, Tags }] } : undefined,
    );
    expect(await run(own, destroy, layers)).toBe(0);
    expect(own.printed.join("\n")).not.toContain("May exist");
  });

  test("is asked for in as many requests as their tags need", async () => {
    const many = Array.from({ length: 25 }, (_, index) =>
      defineLayer({
        ...{ name: `part-${index}`, summary: "A part", settings: z.strictObject({}), needs: {}, outputs: {} },
        build: () => ({}),
      }),
    );
    const asked: string[][] = [];
    const world = answering(new FakeWorld(), (operation, input) => {
      if (operation !== "GetResources") return undefined;
      const { TagFilters } = JSON.parse(input) as { readonly TagFilters: { readonly Values: string[] }[] };
      asked.push(TagFilters[1]?.Values ?? []);
      return { ResourceTagMappingList: [] };
    });
    await run(
      world,
      "destroy --env dev --yes --confirm dev --allow-data-loss cellar",
      inOrder([cellar, ...many]),
    );
    expect(Math.max(...asked.map((values) => values.length))).toBeLessThanOrEqual(20);
    expect(new Set(asked.flat()).size).toBe(26);
  });
});

test.each([
  ["aws_iam_role", "dev-bastion", true],
  ["aws_iam_instance_profile", "dev-bastion", false],
  // AWS lists the default group of a VPC as any other.
  ["aws_security_group", "sg-1", true],
])("a state that has a role and a default security group has %s %s: %s", (type, id, isThere) => {
  const resources = Object.entries({ aws_iam_role: "dev-bastion", aws_default_security_group: "sg-1" }).map(
    ([kind, known]) => ({
      mode: "managed",
      type: kind,
      name: "it",
      instances: [{ attributes: { id: known } }],
    }),
  );
  const state = readStateHead(JSON.stringify({ lineage: "l", serial: 1, resources }));
  expect(state?.has(type, id)).toBe(isThere);
});

describe("journals of runs elsewhere", () => {
  const place = "dev-state/us-west-2/journal";
  const lines = (name: string, ...each: readonly Partial<JournalLine>[]) =>
    each
      .map((line) => {
        const who = { run: name, user: "ben", host: "elsewhere", pid: 1, time: "2026-01-01T08:00:00.000Z" };
        return `${JSON.stringify({ ...who, command: "apply --env dev", ...line })}\n`;
      })
      .join("");

  /** A world in which nothing but journals is a sign. */
  async function signless(): Promise<TaggedWorld> {
    const world = await afterKill(false);
    for (const { type, id, body } of [...world.cloud.objects.values()])
      if (type === "aws_kms_key" && body?.["tags"] !== undefined) world.cloud.objects.delete(`${type}/${id}`);
    for (const key of [...world.cloud.stored.keys()].filter((name) => name.includes("/journal/")))
      world.cloud.stored.erase(key);
    return world;
  }

  test.each([
    [8, false],
    [0, true],
  ])("a recover that ended with %d settles what was cut off: %s", async (exitCode, isSettled) => {
    const world = await signless();
    const [cut, later] = ["20260101-080000-aaaa", "20260101-090000-bbbb"] as const;
    const applying = { phase: "applying", layer: "keys" };
    world.cloud.stored.set(`${place}/${cut}/dev`, lines(cut, { phase: "started" }, applying));
    const command = "recover --env dev";
    const recovered = { phase: "recovered", layer: "keys", command };
    world.cloud.stored.set(
      `${place}/${later}/dev`,
      lines(later, ...[{ ...applying, command }, ...(isSettled ? [recovered] : [])], {
        phase: "ended",
        command,
        exitCode,
      }),
    );
    await run(world, `${destroy} --remove-leftovers`, layers);
    expect(world.cloud.has("aws_s3_bucket", "dev-files")).toBe(isSettled);
  });

  test("that cannot be read are named", async () => {
    const world = await signless();
    world.cloud.stored.set(`${place}/20260101-080000-aaaa/dev`, "not a journal\n");
    world.cloud.stored.set(
      `${place}/20260101-090000-bbbb/dev`,
      lines("20260101-090000-bbbb", { phase: "started" }),
    );
    answering(world, (operation, input) =>
      operation === "GetObject" && input.includes("bbbb")
        ? awsError("AccessDenied", "not authorized")
        : undefined,
    );
    await run(world, destroy, layers);
    const shown = [...world.printed, ...world.errors].join("\n");
    expect(shown).toContain(
      `Not read: s3://${place}/20260101-090000-bbbb/dev, AWS says "AccessDenied: not authorized", and 1 other journal; a run that was cut off`,
    );
  });

  const busy = awsError("SlowDown", "Please reduce your request rate", 503);

  /** One in which a run was cut off, and S3 is too busy for an operation on journals, whoever asks for it. */
  async function withBusy(operation: string, isBusy: (patience?: string) => boolean): Promise<TaggedWorld> {
    const world = await signless();
    const cut = "20260101-080000-aaaa";
    world.cloud.stored.set(`${place}/${cut}/dev`, lines(cut, { phase: "applying", layer: "keys" }));
    answering(world, (asked, input, { patience }) =>
      asked === operation && input.includes("/journal/") && isBusy(patience) ? busy : undefined,
    );
    return world;
  }

  test.each(["ListObjectsV2", "GetObject"])("are asked for as patiently as states: %s", async (operation) => {
    const world = await withBusy(operation, (patience) => patience !== "work");
    expect(await run(world, "apply --env dev --only keys --yes", layers)).toMatchObject({ exitCode: 8 });
  });

  test.each([
    ["ListObjectsV2", "apply", "apply --env dev --only keys --yes"],
    ["GetObject", "apply", "apply --env dev --only keys --yes"],
    ["GetObject", "plan", "plan --env dev --only keys"],
    ["GetObject", "destroy", destroy],
  ])("that S3 stays too busy for (%s) stop %s before anything is planned", async (operation, verb, line) => {
    const world = await withBusy(operation, () => true);
    const before = [...world.cloud.objects.keys()];
    world.ran.length = 0;
    expect(await run(world, line, layers)).toMatchObject({
      message: `Cannot ${verb} "keys": the journals in the state bucket are not read, AWS says "SlowDown: Please reduce your request rate"; a run that was cut off elsewhere may have left objects in no state`,
      hint: expect.stringMatching(
        /^Wait a minute; then run: npx ts-node scripts\/provision\.ts .*--env dev --only keys/,
      ) as string,
      exitCode: 4,
    });
    expect(world.ran.filter((command) => / (plan|apply)$/.test(command))).toEqual([]);
    expect([...world.cloud.objects.keys()]).toEqual(before);
  });

  test.each(["ListObjectsV2", "GetObject"])(
    "that AWS does not give (%s) end a recover with 8, unless layers are named",
    async (operation) => {
      const world = await withBusy(operation, () => true);
      const said = () => world.printed.join("\n");
      expect(await run(world, "recover --env dev --yes", layers)).toMatchObject({
        message:
          'Cannot tell whether runs elsewhere have left objects of "dev" in no state: the journals in the state bucket are not read, AWS says "SlowDown: Please reduce your request rate"',
        hint: "Wait a minute; then run: npx ts-node scripts/provision.ts recover --env dev --yes; without the journals, it searches the layers that are named with --only",
        exitCode: 8,
      });
      expect(said()).not.toContain("Nothing to recover");
      await run(world, "recover --env dev --only keys --yes", layers);
      expect(world.addresses).toContain("aws_s3_bucket.files");
    },
  );

  test("that say nothing are told of by recover", async () => {
    const world = await signless();
    world.cloud.stored.set(`${place}/20260101-080000-aaaa/dev`, "not a journal\n");
    expect(await run(world, "recover --env dev --yes", layers)).toBe(0);
    expect([...world.printed, ...world.errors].join("\n")).toContain(
      `Not read: s3://${place}/20260101-080000-aaaa/dev`,
    );
  });

  test("that cannot be listed are told of", async () => {
    const world = await signless();
    answering(world, (operation, input) =>
      operation === "ListObjectsV2" && input.includes("/journal/")
        ? awsError("AccessDenied", "not authorized")
        : undefined,
    );
    await run(world, destroy, layers);
    expect([...world.printed, ...world.errors].join("\n")).toContain(
      'Not read: the journals in the state bucket, AWS says "AccessDenied: not authorized"',
    );
  });
});

test("a key that is kept, and was created twice, is imported once each time", async () => {
  const keys = defineLayer({
    ...{ name: "keys", summary: "Keys", settings: z.strictObject({}), needs: {}, outputs: {} },
    retained: () => [
      {
        ...{ address: "aws_kms_key.kept", what: "The key for data" },
        dependents: () => [
          dependents({
            ...{ about: "snapshots", actions: ["rds:DescribeDBClusterSnapshots"] },
            call: awsCall("rds", "DescribeDBClusterSnapshots", {}),
            found: () => ['snapshot "final"'],
          }),
        ],
        removal: (arn) => `aws kms schedule-key-deletion --key-id ${arn}`,
      },
    ],
    build(stack) {
      new KmsKey(stack, "kept", { tags: { Name: "kept" } });
      return {};
    },
  });
  const rooms = inOrder([cellar, keys]);
  const world = new FakeWorld();
  const aws = new FakeAws(world);
  aws.answers.set("rds DescribeDBClusterSnapshots", {});
  expect(await run(world, "--env dev --yes --only cellar", rooms)).toBe(0);
  const created = ["k-1", "k-2"].map((id) => {
    world.cloud.objects.set(`aws_kms_key/${id}`, {
      type: "aws_kms_key",
      id,
      body: { tags: { Name: "kept" } },
    });
    return JSON.stringify({ created: "aws_kms_key.kept", type: "aws_kms_key", id });
  });
  world.files.write(record, `${created.join("\n")}\n`);
  let ran = 0;
  world.before = () => {
    ran += 1;
    if (ran > 200) throw new Error("it does not end");
  };
  expect(await run(world, `${destroy} --remove-leftovers`, rooms)).toBe(0);
  expect(["k-1", "k-2"].every((id) => world.cloud.has("aws_kms_key", id))).toBe(true);
  expect(world.printed.filter((line) => line.includes("Kept aws_kms_key.kept"))).toHaveLength(2);
});
