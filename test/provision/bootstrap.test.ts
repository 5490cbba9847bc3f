import { describe, expect, test } from "vitest";
import { FakeWorld } from "./fake-world";
import { killedEverywhere } from "./killed-everywhere";
import { commands, run, table } from "./runs";

const stateKey = "dev-state/us-west-2/cellar/dev";
const leftovers = (world: FakeWorld) =>
  [...world.texts.keys()].filter((file) => file.includes("bootstrap") || file.includes("backend_override"));

const apply = "--env dev --yes --only cellar";
const destroy = "destroy --env dev --yes --only cellar --confirm dev --allow-data-loss cellar";

test("the state is local until the bucket is there, and in the bucket afterwards", async () => {
  const world = new FakeWorld();
  expect(await run(world, apply)).toBe(0);
  expect(world.cloud.stored.has(stateKey)).toBe(true);
  expect(leftovers(world)).toEqual([]);
});

test("a second run finds the state in the bucket", async () => {
  const world = new FakeWorld();
  await run(world, apply);
  world.ran.length = 0;
  expect(await run(world, apply)).toBe(0);
  expect(table(world)).toEqual({ cellar: "unchanged" });
  expect(commands(world, "state push")).toEqual([]);
});

test("a bootstrap that was begun for another bucket adopts none that exists", async () => {
  const world = new FakeWorld();
  const marker = ".provision/dev/bootstrap/cellar.started.json";
  world.files.write(marker, '{"bucket":"another-state"}\n');
  world.cloud.objects.set("aws_s3_bucket/dev-state", { type: "aws_s3_bucket", id: "dev-state", body: {} });
  expect(await run(world, apply)).toMatchObject({
    message: expect.stringContaining("it already exists") as string,
    exitCode: 4,
  });
  world.files.write(marker, '{"bucket":"dev-state"}\n');
  expect(await run(world, apply)).toBe(0);
});

describe("wherever the first run is killed", async () => {
  const left = await killedEverywhere(new FakeWorld(), apply);

  test("the next one, or the command that it names, completes it with the same three objects", async () => {
    for (const world of left.map((killed) => killed.copy())) {
      const next = await run(world, apply);
      if (next !== 0) {
        // No name tells whether the key exists.
        expect(next).toMatchObject({
          message: expect.stringMatching(/and no state has aws_kms_key\.key( \S+)?$/) as string,
          hint: expect.stringMatching(/provision\.ts recover --env dev --only cellar$/) as string,
          exitCode: 8,
        });
        expect(await run(world, "recover --env dev --only cellar --yes")).toBe(0);
        expect(await run(world, apply)).toBe(0);
      }
      expect(await run(world, "plan --env dev --only cellar --detailed-exitcode")).toBe(0);
      const types = [...world.cloud.objects.values()].map(({ type }) => type);
      // A key that was created just before the interruption, and is in neither state nor alias, is not deleted.
      expect([...new Set(types)].toSorted()).toEqual(["aws_kms_alias", "aws_kms_key", "aws_s3_bucket"]);
      expect(types.filter((type) => type === "aws_s3_bucket")).toHaveLength(1);
      expect(leftovers(world)).toEqual([]);
    }
  });

  test("destroy deletes what it created", async () => {
    for (const world of left.map((killed) => killed.copy())) {
      expect(await run(world, destroy)).toBe(0);
      const types = new Set([...world.cloud.objects.values()].map(({ type }) => type));
      // Again but for a key that nothing knows of.
      expect([...types].filter((type) => type !== "aws_kms_key")).toEqual([]);
      expect(leftovers(world)).toEqual([]);
    }
  });

  test("a local state that is cut short stops nothing for good: what it listed is found and imported", async () => {
    const path = ".provision/dev/bootstrap/cellar.tfstate";
    // The last one in which everything exists, but no state is in the bucket.
    const world = left
      .findLast(
        ({ cloud, texts }) => cloud.objects.size === 3 && !cloud.stored.has(stateKey) && texts.has(path),
      )
      ?.copy();
    if (world === undefined) throw new Error("no run was killed in between");
    const before = [...world.cloud.objects.keys()];
    const whole = world.files.read(path) ?? "";
    world.files.write(path, whole.slice(0, whole.length / 2));
    expect(await run(world, apply)).toMatchObject({
      message: `Cannot use the local state ${path}: it is not whole`,
      hint: expect.stringMatching(
        /run: npx ts-node scripts\/provision\.ts recover --env dev --only cellar$/,
      ) as string,
      exitCode: 8,
    });
    // As in a destroy, which has copied the state from the bucket.
    world.files.remove(".provision/dev/bootstrap/cellar.started.json");
    expect(await run(world, "recover --env dev --only cellar --yes")).toBe(0);
    expect(await run(world, apply)).toBe(0);
    expect([...world.cloud.objects.keys()]).toEqual(before);
    expect(await run(world, "plan --env dev --only cellar --detailed-exitcode")).toBe(0);
  });

  test.each([
    ["before the bucket exists", 1, undefined],
    ["before the bucket exists, with a local state that is cut short", 1, "{"],
    ["when the bucket exists", 3, undefined],
  ])("a state that could not be saved %s is saved", async (_, objects, local) => {
    const path = ".provision/dev/bootstrap/cellar.tfstate";
    const unsaved = "cdktf.out/dev/stacks/cellar/errored.tfstate";
    const world = left
      .findLast(
        ({ cloud, texts }) =>
          cloud.objects.size === objects &&
          !cloud.stored.has(stateKey) &&
          (texts.get(path) ?? "").includes("aws_kms_key"),
      )
      ?.copy();
    if (world === undefined) throw new Error("no run was killed in between");
    const before = [...world.cloud.objects.keys()];
    // As Terraform leaves them when the disk is full.
    world.files.write(unsaved, world.files.read(path) ?? "");
    if (local === undefined) world.files.remove(path);
    else world.files.write(path, local);
    expect(await run(world, apply)).toMatchObject({
      hint: "Run: npx ts-node scripts/provision.ts recover --env dev --only cellar",
      exitCode: 8,
    });
    expect(await run(world, "recover --env dev --only cellar --yes")).toBe(0);
    expect(world.files.read(unsaved)).toBeUndefined();
    expect(await run(world, apply)).toBe(0);
    expect([...world.cloud.objects.keys()]).toEqual(expect.arrayContaining(before));
    expect(world.cloud.objects.size).toBe(3);
    expect(await run(world, "plan --env dev --only cellar --detailed-exitcode")).toBe(0);
    expect(leftovers(world)).toEqual([]);
  });
});

describe("wherever a destroy is killed", async () => {
  const applied = new FakeWorld();
  await run(applied, apply);
  const left = await killedEverywhere(applied, destroy);

  test("the next one completes it", async () => {
    for (const world of left.map((killed) => killed.copy())) {
      expect(await run(world, destroy)).toBe(0);
      expect([...world.cloud.objects.values()]).toEqual([]);
      expect(leftovers(world)).toEqual([]);
    }
  });

  test("apply can create everything again", async () => {
    for (const world of left.map((killed) => killed.copy())) {
      expect(await run(world, apply)).toBe(0);
      expect(world.cloud.has("aws_s3_bucket", "dev-state")).toBe(true);
      expect(await run(world, "plan --env dev --only cellar --detailed-exitcode")).toBe(0);
    }
  });
});

test("an unknown bucket is not adopted without an option", async () => {
  const world = new FakeWorld();
  world.cloud.create("aws_s3_bucket", { bucket: "dev-state" });
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message:
      'Cannot create the state bucket "dev-state": it already exists, and contains no state of this environment\'s bucket',
    hint: "If it is managed outside this environment, set state.existing: true in configs/dev.yaml; otherwise, to adopt it, run: npx ts-node scripts/provision.ts --env dev --yes --adopt-state-bucket",
    exitCode: 4,
  });
});

test("--adopt-state-bucket adopts it", async () => {
  const world = new FakeWorld();
  world.cloud.create("aws_s3_bucket", { bucket: "dev-state" });
  expect(await run(world, "--env dev --yes --only cellar --adopt-state-bucket")).toBe(0);
  expect(world.printed.join("\n")).toMatch(/aws_s3_bucket\.bucket[ │]+dev-state[ │]+has its name[ │]+import/);
  expect(world.cloud.stored.has(stateKey)).toBe(true);
});

test("two states with different histories are left to a person", async () => {
  const world = new FakeWorld();
  await run(world, apply);
  const other = (world.cloud.stored.get(stateKey) ?? "").replace(/"lineage":"[^"]*"/, '"lineage":"other"');
  world.texts.set(
    ".provision/dev/bootstrap/cellar.tfstate",
    other.replaceAll("alias/dev-state", "alias/else"),
  );
  expect(await run(world, apply)).toMatchObject({
    message: "Cannot use the state bucket: the remote and the local state have different lineages",
    exitCode: 8,
  });
});

test("a bucket managed elsewhere is used as it is", async () => {
  const world = new FakeWorld();
  const file = world.texts.get("configs/dev.yaml") ?? "";
  world.texts.set("configs/dev.yaml", file.replace("bucket: dev-state", "bucket: shared\n  existing: true"));
  expect(await run(world, "--env dev --yes --only ground")).toMatchObject({
    hint: "Correct state.bucket in the environment file, or create the bucket",
  });
  world.cloud.create("aws_s3_bucket", { bucket: "shared" });
  expect(await run(world, "--env dev --yes --only ground")).toBe(0);
});
