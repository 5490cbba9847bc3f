import { expect, test } from "vitest";
import { afterKill, everything, forgetState, layers, record, TaggedWorld } from "./after-kill";
import { Killed } from "./fake-world";
import { commands, run } from "./runs";

const recover = "recover --env dev --only keys";
const recoverLine = `npx ts-node scripts/provision.ts ${recover}`;

test("an apply names what one that was cut off has created, and changes nothing", async () => {
  const world = await afterKill();
  expect(await run(world, "--env dev --yes", layers)).toMatchObject({
    message: expect.stringMatching(
      /^Cannot apply "keys": an earlier run was cut off while it created objects, and no state has aws_kms_alias\.data-alias alias\/dev-data, aws_kms_key\.data-key aws_kms_key-\d, /,
    ) as string,
    hint: `To find and import those that exist, run: ${recoverLine}`,
    exitCode: 8,
  });
  expect(commands(world, "apply")).not.toContain("keys apply");
});

test("every object is found by the record of the run, shown beside what the plan wants, and imported with consent", async () => {
  const world = await afterKill();
  const before = world.cloud.objects.size;
  expect(await run(world.answering("yes"), recover, layers)).toBe(0);
  expect(world.questions.join()).toContain("Import 5 objects into the state of keys?");
  expect(world.addresses).toEqual(everything);
  const shown = world.printed.join("\n");
  expect(shown).toMatch(/aws_kms_key\.data-key[ │]+aws_kms_key-\d[ │]+created by an earlier run[ │]+import/);
  expect(shown).toContain("keys: imported 5 objects");
  expect(world.files.read("cdktf.out/dev/stacks/keys/provision_import.tf.json")).toBeUndefined();
  expect(world.files.read(record)).toBeUndefined();
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  expect(world.cloud.objects.size).toBe(before);
});

test("without a record, e.g. on another machine, objects are found by their tags, else by their names", async () => {
  const world = await afterKill(false);
  expect(await run(world, `${recover} --yes`, layers)).toBe(0);
  // Nothing tells the network: it has neither a name nor a tag of its own.
  expect(world.addresses).toEqual(everything.filter((address) => address !== "aws_vpc.vpc"));
  const shown = world.printed.join("\n");
  expect(shown).toMatch(/aws_kms_key\.data-key[ │]+aws_kms_key-\d[ │]+has its tags/);
  expect(shown).toMatch(/aws_s3_bucket\.files[ │]+dev-files[ │]+has its name/);
});

test("what was deleted meanwhile is not imported", async () => {
  const world = await afterKill();
  world.cloud.objects.delete("aws_s3_bucket/dev-files");
  expect(await run(world, `${recover} --yes`, layers)).toBe(0);
  expect(world.addresses).toEqual(everything.filter((address) => address !== "aws_s3_bucket.files"));
});

test("of two candidates for one resource both are shown, and none is imported", async () => {
  const world = await afterKill();
  world.cloud.objects.set("aws_kms_key/k-2", {
    type: "aws_kms_key",
    id: "k-2",
    body: { tags: { Name: "dev-data" } },
  });
  expect(await run(world, `${recover} --yes`, layers)).toMatchObject({
    message: expect.stringMatching(
      /^Cannot import 3 objects of "keys": aws_kms_alias\.data-alias \(alias\/dev-data\): it needs aws_kms_key\.data-key, which may exist, and would be created; aws_kms_key\.data-key \(aws_kms_key-\d\): 2 objects fit this resource; aws_kms_key\.data-key \(k-2\): 2 objects fit this resource$/,
    ) as string,
    hint: `Delete what is not needed, or rename it; to import one by hand, run: terraform -chdir=cdktf.out/dev/stacks/keys import <address> <ID>; then run: ${recoverLine} --yes`,
    exitCode: 8,
  });
  expect(world.addresses).not.toContain("aws_kms_key.data-key");
  expect(world.addresses).toContain("aws_kms_key.logs-key");
  // The next apply would create a third one.
  expect(await run(world, "--env dev --yes", layers)).toMatchObject({ exitCode: 8 });
});

test("a namesake that lacks the tags of the layer is somebody else's", async () => {
  const world = await afterKill(false);
  world.cloud.objects.set("aws_s3_bucket/dev-files", { type: "aws_s3_bucket", id: "dev-files", body: {} });
  expect(await run(world, `${recover} --yes`, layers)).toMatchObject({
    message:
      'Cannot import 1 object of "keys": aws_s3_bucket.files (dev-files): it lacks the tags of this layer',
  });
  expect(world.addresses).not.toContain("aws_s3_bucket.files");
});

test("what Terraform would replace at once is not imported", async () => {
  const world = await afterKill();
  world.faults.replace.add("aws_vpc.vpc");
  expect(await run(world, `${recover} --yes`, layers)).toMatchObject({
    message: expect.stringContaining("Terraform would replace it, because it differs") as string,
  });
  expect(world.addresses).not.toContain("aws_vpc.vpc");
});

test("nothing is imported without consent, nor without a terminal", async () => {
  const world = await afterKill();
  expect(await run(world, recover, layers)).toMatchObject({
    hint: `Review what was found, then run: ${recoverLine} --yes`,
    exitCode: 4,
  });
  expect(await run(world.answering("no"), recover, layers)).toMatchObject({
    message: 'Cannot recover "keys": declined',
  });
  expect(world.addresses).toEqual([]);
  expect(world.files.read(record)).toBeDefined();
});

test("a creation that was begun and is nowhere is forgotten", async () => {
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes --only cellar", layers)).toBe(0);
  world.files.write(
    record,
    `${JSON.stringify({ began: "aws_kms_key.logs-key", type: "aws_kms_key" })}\n{"beg`,
  );
  expect(await run(world, "--env dev --yes", layers)).toMatchObject({ exitCode: 8 });
  expect(await run(world, "recover --env dev", layers)).toBe(0);
  expect(world.printed.join("\n")).toContain("keys: nothing exists that its plan would create once more");
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
});

test("an apply that fails with an answer of AWS is repeated without a search; one whose provider ended is not", async () => {
  const world = new TaggedWorld();
  world.faults.fail.set("aws_s3_bucket.files", "creating S3 Bucket: TooManyBuckets");
  expect(await run(world, "--env dev --yes", layers)).toMatchObject({ exitCode: 1 });
  world.faults.fail.set("aws_s3_bucket.files", "Plugin did not respond");
  expect(await run(world, "--env dev --yes", layers)).toMatchObject({
    message: expect.stringMatching(
      /Plugin did not respond.+; what it was creating may be in no state$/,
    ) as string,
    hint: `To find and import those objects, run: ${recoverLine}`,
    exitCode: 8,
  });
  world.faults.fail.clear();
  expect(await run(world, "--env dev --yes", layers)).toMatchObject({
    message: expect.stringContaining("no state has aws_s3_bucket.files") as string,
  });
});

test("an apply that meets a name that is taken names the search", async () => {
  const world = new TaggedWorld();
  world.faults.fail.set("aws_s3_bucket.files", "creating S3 Bucket (dev-files): BucketAlreadyOwnedByYou");
  expect(await run(world, "--env dev --yes", layers)).toMatchObject({
    message: expect.stringContaining("what it creates exists already, but is not in its state") as string,
    hint: `If an earlier run was killed or interrupted, run: ${recoverLine}; then run: npx ts-node scripts/provision.ts --env dev --from keys --yes`,
  });
});

test("the search is named with the pipeline and the tools of the run, but without what was agreed for that", async () => {
  const world = new TaggedWorld();
  world.faults.fail.set("aws_s3_bucket.files", "creating S3 Bucket (dev-files): BucketAlreadyOwnedByYou");
  const options = "--run-id 4711 --install-tools";
  const asked = `--env dev --yes --allow-data-loss keys ${options}`;
  expect(await run(world, asked, layers)).toMatchObject({
    hint: expect.stringContaining(`run: ${recoverLine} ${options}; then run: `) as string,
  });
});

test("wherever a run is killed while it creates, recover and apply complete it, with each object once", async () => {
  const complete = await afterKill();
  const objects = complete.cloud.objects.size;
  let kills = 0;
  for (let effects = 64; effects < 90; effects += 3) {
    const world = new TaggedWorld();
    world.effectsLeft = effects;
    const killed = await run(world, "--env dev --yes", layers).catch((error: unknown) => error);
    world.effectsLeft = Infinity;
    kills += killed instanceof Killed ? 1 : 0;
    forgetState(world);
    await run(world, `${recover} --yes`, layers);
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    expect(world.cloud.objects.size).toBe(objects);
  }
  expect(kills).toBeGreaterThan(3);
});
