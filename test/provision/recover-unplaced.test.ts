import { describe, expect, test } from "vitest";
import { layers, record, TaggedWorld } from "./after-kill";
import { run } from "./runs";

const recover = "recover --env dev --only keys --yes";
const destroy = "destroy --env dev --only keys --confirm dev --yes --allow-data-loss keys --remove-leftovers";

const lines = (...all: readonly object[]) => all.map((one) => `${JSON.stringify(one)}\n`).join("");
const database = { type: "aws_rds_cluster", id: "dev-new" };
const began = { began: "aws_rds_cluster.new", type: database.type };
const created = { created: "aws_rds_cluster.new", ...database };
const gone = "aws_rds_cluster.new (dev-new), the environment file has it no more";
const look =
  "Look for them in the AWS console, and delete those that exist; then run: npx ts-node scripts/provision.ts";

/** Everything is applied; then a run was killed that had this record, and the environment file was put back. */
async function putBack(recorded: string): Promise<TaggedWorld> {
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  world.cloud.objects.set("aws_rds_cluster/dev-new", database);
  world.cloud.objects.set("aws_kms_key/k-2", {
    ...{ type: "aws_kms_key", id: "k-2" },
    body: { tags: { Name: "dev-logs" } },
  });
  world.files.write(record, recorded);
  return world;
}

describe("what a run has created, and no plan creates any more", () => {
  test("is named by recover, once, and applies go on", async () => {
    const world = await putBack(lines(began, created));
    expect(await run(world, "--env dev --yes", layers)).toMatchObject({ exitCode: 8 });
    expect(await run(world, recover, layers)).toMatchObject({
      message: `Cannot finish recovering "keys": 1 object may exist and be in no state, and cannot be imported: ${gone}`,
      hint: `${look} --env dev`,
      exitCode: 8,
    });
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    expect(await run(world, recover, layers)).toBe(0);
  });

  test("is named as well if only its beginning is known", async () => {
    const world = await putBack(lines(began));
    expect(await run(world, recover, layers)).toMatchObject({
      message: expect.stringContaining("aws_rds_cluster.new, the environment file has it no more") as string,
      exitCode: 8,
    });
  });

  test("is not named if the state has it at another address", async () => {
    const world = new TaggedWorld();
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    const { type, instances } = world.state().resources.find(({ name }) => name === "vpc") ?? {};
    const id = instances?.[0]?.attributes.id;
    world.files.write(record, lines({ created: "aws_vpc.former", type, id }));
    expect(await run(world, recover, layers)).toBe(0);
  });

  test("is named at the end of a destroy", async () => {
    const world = await putBack(lines(began, created));
    expect(await run(world, destroy, layers)).toMatchObject({
      message: `Cannot finish destroying "dev": 1 object may exist and be in no state, and could not be imported: ${gone}`,
      hint: expect.stringContaining(`${look} destroy --env dev --only keys`) as string,
      exitCode: 8,
    });
    expect(world.addresses).toEqual([]);
    expect(await run(world, destroy, layers)).toBe(0);
  });
});

describe("what was created beside an object that is not to be replaced any more", () => {
  const key = { type: "aws_kms_key" };
  const beside = lines(
    { began: "aws_kms_key.logs-key", ...key, instead: "aws_kms_key-3" },
    { created: "aws_kms_key.logs-key", ...key, id: "k-2" },
  );

  test("is named by recover", async () => {
    const world = await putBack(beside);
    expect(await run(world, "--env dev --yes", layers)).toMatchObject({ exitCode: 8 });
    expect(await run(world, recover, layers)).toMatchObject({
      message: expect.stringContaining("aws_kms_key.logs-key (k-2), in its place is aws_kms_key-3") as string,
      exitCode: 8,
    });
  });

  test("is destroyed after it", async () => {
    const world = await putBack(beside);
    expect(await run(world, destroy, layers)).toBe(0);
    expect(world.cloud.has("aws_kms_key", "k-2")).toBe(false);
  });
});

test("what only the state had whose place another one took is named also after the first recover was declined", async () => {
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  const { resources, ...saved } = world.state();
  const others = resources.filter(({ name }) => name !== "logs-key");
  const old = { mode: "managed", ...{ type: "aws_rds_cluster", name: "old" } };
  const instances = [{ attributes: { id: "dev-old" } }];
  const later = { ...saved, serial: saved.serial + 5, resources: others };
  world.cloud.stored.set(
    world.stateKey,
    JSON.stringify({ ...saved, resources: [...resources, { ...old, instances }] }),
  );
  const file = "cdktf.out/dev/stacks/keys/errored.tfstate";
  world.files.write(file, JSON.stringify(later));
  const command = `recover --env dev --only keys --state ${file}`;
  expect(await run(world.answering("yes", "no"), command, layers)).toMatchObject({
    message: 'Cannot recover "keys": declined',
  });
  expect(await run(world, recover, layers)).toMatchObject({
    message: expect.stringContaining(
      "aws_rds_cluster.old (dev-old), the environment file has it no more",
    ) as string,
    exitCode: 8,
  });
  expect(world.addresses).toContain("aws_kms_key.logs-key");
});
