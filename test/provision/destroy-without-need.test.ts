import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { forgetState, keys, TaggedWorld } from "./after-kill";
import { run } from "./runs";
import { cellar } from "./toys";

const door = defineLayer({
  ...{ name: "door", summary: "Reads the keys", settings: z.strictObject({}), needs: { keys }, outputs: {} },
  build(stack, { from }) {
    new SecurityGroup(stack, "door", { name: "door", description: from.keys.keyId });
    return {};
  },
});
const layers = inOrder([cellar, keys, door]);
const destroy = "destroy --env dev --yes --confirm dev --only door";
const product = "npx ts-node scripts/provision.ts";
const recover = `${product} recover --env dev --only keys`;

/** The state of "keys" is gone, and whoever operates begins with an empty one. */
async function emptied(world: TaggedWorld): Promise<void> {
  world.cloud.stored.delete(world.stateKey);
  expect(await run(world, `${destroy},keys --allow-data-loss keys`, layers)).toMatchObject({ exitCode: 8 });
  expect(await run(world, "recover --env dev --only keys --state-version none --yes", layers)).toBe(0);
  expect(world.printed.join("\n")).toContain(`To find and import it, run: ${recover}`);
}

/** There is nothing in the bucket that tells of it. */
async function forgotten(world: TaggedWorld): Promise<void> {
  forgetState(world);
  await Promise.resolve();
}

test.each([
  ["gone, and nothing says that there was one", forgotten],
  ["empty", emptied],
])("a destroy goes on by what it says where a state that its layer reads is %s", async (_, lose) => {
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  const before = [...world.cloud.objects.keys()].filter((name) => name.startsWith("aws_kms_key/"));
  await lose(world);
  expect(await run(world, destroy, layers)).toMatchObject({
    message: 'Cannot destroy "door": it reads outputs of "keys", whose state has none',
    hint: `To find and import what exists of "keys", run: ${recover}; then apply it, run: ${product} --env dev --only keys; then run: ${product} ${destroy.replace("--yes --confirm dev --only door", "--only door --yes --confirm dev")}`,
    exitCode: 8,
  });
  world.answering("yes", "yes");
  for (const command of ["recover --env dev --only keys", "--env dev --only keys", destroy])
    expect(await run(world, command, layers)).toBe(0);
  expect([...world.cloud.objects.keys()].join()).not.toContain("aws_security_group");
  const after = [...world.cloud.objects.keys()].filter((name) => name.startsWith("aws_kms_key/"));
  expect(after).toEqual(before);
});

test("what is in no state is searched for once the layers that it reads are applied", async () => {
  const gate = { ...door, name: "gate" };
  const four = inOrder([...layers, gate]);
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes --until door", four)).toBe(0);
  await forgotten(world);
  const search = "recover --env dev --only door --only gate";
  const lacks = 'it reads outputs of "keys", whose state has none';
  expect(await run(world, search, four)).toMatchObject({
    message: `Cannot recover 2 layers of "dev": Cannot look for objects of "door": ${lacks}; Cannot look for objects of "gate": ${lacks}`,
    hint: `To find and import what exists of "keys", run: ${recover}; then apply it, run: ${product} --env dev --only keys; then run: ${product} ${search}`,
    exitCode: 8,
  });
  world.answering("yes", "yes");
  for (const command of ["recover --env dev --only keys", "--env dev --only keys", search])
    expect(await run(world, command, four)).toBe(0);
});

test("of a range of layers, those that were never applied are told of, and are no reason to fail", async () => {
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes --only cellar", layers)).toBe(0);
  expect(await run(world, "recover --env dev --from keys", layers)).toBe(0);
  expect(world.printed).toContain(
    'door: not looked for, because it reads outputs of "keys", whose state has none',
  );
});

describe("a layer at which a run elsewhere was cut off", () => {
  const busy = defineLayer({
    ...{ name: "door", summary: "Has letters", settings: z.strictObject({}), needs: { keys }, outputs: {} },
    build(stack, { from }) {
      const tags = { Name: "dev-letters", Key: from.keys.keyId };
      new S3Bucket(stack, "letters", { bucket: "dev-letters", tags });
      return {};
    },
  });
  const three = inOrder([cellar, keys, busy]);
  const both =
    "destroy --env dev --only keys,door --yes --confirm dev --allow-data-loss keys,door --remove-leftovers";
  const stateOf = (layer: string) => `dev-state/us-west-2/${layer}/dev`;
  const left = ({ cloud }: TaggedWorld) =>
    [...cloud.objects.keys()].filter((name) => /letters|dev-files/.test(name));

  /** Everything of "door" exists, and no state has it. */
  async function cutOff(): Promise<TaggedWorld> {
    const first = new TaggedWorld();
    let cloud: TaggedWorld["cloud"] | undefined;
    first.beforeEffect = () => {
      const journal = [...first.cloud.stored].find(([key]) => key.includes("/journal/"))?.[1] ?? "";
      if (/"applying","layer":"door"/.test(journal) && !/"applied","layer":"door"/.test(journal))
        cloud = first.cloud.copy();
    };
    expect(await run(first, "--env dev --yes", three)).toBe(0);
    if (cloud === undefined) throw new Error("nothing was cut off");
    let runs = 8;
    const self = { pid: 7, host: "build-7", user: "ben" };
    const randomBytes = (count: number) => Buffer.alloc(count, (runs += 1));
    const world = Object.assign(new TaggedWorld(), { cloud, self, randomBytes, lockAge: 600 });
    world.cloud.stored.erase(stateOf("door"));
    expect(await run(world, "unlock --env dev --yes", three)).toBe(0);
    return world;
  }

  test("keeps what it needs from being destroyed without it", async () => {
    const world = await cutOff();
    const alone = both.replaceAll("keys,door", "keys");
    expect(await run(world, alone, three)).toMatchObject({
      message:
        'Cannot destroy "keys": "door" may still exist, because a run was cut off while it created objects, and needs it',
      hint: expect.stringMatching(
        /^To destroy all of these, run: .* destroy --env dev --from keys /,
      ) as string,
      exitCode: 4,
    });
    expect(await run(world, both, three)).toBe(0);
    expect(left(world)).toEqual([]);
    expect(await run(world, alone, three)).toBe(0);
  });

  test("is not called destroyed where it cannot be searched, because what it needs is gone", async () => {
    const world = await cutOff();
    const state = { version: 4, serial: 99, lineage: "l", outputs: {}, resources: [] };
    world.cloud.stored.set(stateOf("keys"), JSON.stringify(state));
    const door = both.replaceAll("keys,door", "door");
    const refused = {
      message: expect.stringMatching(
        /^Cannot destroy "door": run \S+ of \S+ on \S+ was cut off while it created objects, which may be in no state, and they cannot be searched for, because it reads outputs of "keys", whose state has none$/,
      ) as string,
      hint: expect.stringContaining(
        `run: ${recover}; then apply it, run: ${product} --env dev --only keys; then`,
      ) as string,
      exitCode: 8,
    };
    expect(await run(world, door, three)).toMatchObject(refused);
    // The journal has not forgotten it.
    expect(await run(world, door, three)).toMatchObject(refused);
    world.answering("yes", "yes");
    for (const command of ["recover --env dev --only keys", "--env dev --only keys", both])
      expect(await run(world, command, three)).toBe(0);
    expect(left(world)).toEqual([]);
  });
});
