import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { afterKill, everything, forgetState, keys, layers, record, TaggedWorld } from "./after-kill";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { Killed } from "./fake-world";
import { commands, run } from "./runs";
import { cellar } from "./toys";

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
  expect(world.printed.at(-1)).toBe(
    "To go on, run the command again that failed, e.g.: npx ts-node scripts/provision.ts --env dev",
  );
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

describe("a namesake whose creation was begun here", () => {
  const begun = `${JSON.stringify({ began: "aws_kms_alias.data-alias", type: "aws_kms_alias" })}\n${JSON.stringify({ began: "aws_s3_bucket.files", type: "aws_s3_bucket" })}\n`;

  /** Nothing is applied, and somebody's bucket has the name. */
  async function beside(body: Readonly<Record<string, unknown>>): Promise<TaggedWorld> {
    const world = new TaggedWorld();
    expect(await run(world, "--env dev --yes --only cellar", layers)).toBe(0);
    world.cloud.objects.set("aws_s3_bucket/dev-files", { type: "aws_s3_bucket", id: "dev-files", body });
    world.files.write(record, begun);
    return world;
  }

  test("and lacks the tags of the layer is somebody else's all the same: the name may be why nothing was created", async () => {
    const world = await beside({ tags_all: { team: "other" } });
    expect(await run(world, `${recover} --yes`, layers)).toMatchObject({
      message:
        'Cannot import 1 object of "keys": aws_s3_bucket.files (dev-files): it lacks the tags of this layer',
      exitCode: 8,
    });
    expect(world.addresses).toEqual([]);
    const destroy =
      "destroy --env dev --only keys --confirm dev --yes --allow-data-loss keys --remove-leftovers";
    expect(await run(world, destroy, layers)).toBe(0);
    expect(world.cloud.has("aws_s3_bucket", "dev-files")).toBe(true);
  });

  test("is the one that was begun if it is a bucket without any tag, since S3 gets them later", async () => {
    const world = await beside({});
    expect(await run(world, `${recover} --yes`, layers)).toBe(0);
    expect(world.addresses).toEqual(["aws_s3_bucket.files"]);
  });
});

test("a layer of which something is not imported does not keep others from being searched", async () => {
  const chests = defineLayer({
    ...{ name: "chests", summary: "Chests", settings: z.strictObject({}), needs: {}, outputs: {} },
    build(stack) {
      for (const name of ["old", "new"])
        new S3Bucket(stack, name, { bucket: `dev-${name}`, tags: { Name: `dev-${name}` } });
      return {};
    },
  });
  const three = inOrder([cellar, keys, chests]);
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes --only cellar", three)).toBe(0);
  const bucket = (id: string, body?: Readonly<Record<string, unknown>>) => {
    const object = { type: "aws_s3_bucket", id };
    world.cloud.objects.set(`aws_s3_bucket/${id}`, body === undefined ? object : { ...object, body });
  };
  bucket("dev-files", { tags_all: { team: "other" } });
  bucket("dev-old");
  bucket("dev-new", { tags_all: { team: "other" } });
  for (const [layer, names] of Object.entries({ keys: ["files"], chests: ["old", "new"] }))
    for (const name of names)
      world.files.append(
        `.provision/dev/creations/${layer}.jsonl`,
        `${JSON.stringify({ began: `aws_s3_bucket.${name}`, type: "aws_s3_bucket" })}\n`,
      );
  const line = "npx ts-node scripts/provision.ts recover --env dev";
  expect(await run(world, "recover --env dev --yes", three)).toMatchObject({
    message:
      'Cannot recover 2 layers of "dev": Cannot import 1 object of "keys": aws_s3_bucket.files (dev-files): it lacks the tags of this layer; Cannot import 1 object of "chests": aws_s3_bucket.new (dev-new): it lacks the tags of this layer',
    hint: expect.stringMatching(
      new RegExp(`then run: ${line} --only keys --yes; and: .* then run: ${line} --only chests --yes$`),
    ) as string,
    exitCode: 8,
  });
  expect(world.printed.join("\n")).toContain("chests: imported 1 object");
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

const call =
  "creating KMS Key: operation error KMS: CreateKey, exceeded maximum number of attempts, 25, https response error";
const host = "https://kms.us-west-2.amazonaws.com/";

test.each([
  `${call} StatusCode: 0, RequestID: , request send failed, Post "${host}": EOF`,
  `${call} StatusCode: 0, RequestID: , request send failed, Post "${host}": read tcp 10.0.0.2:52118->1.2.3.4:443: read: connection reset by peer`,
  // The attempts before the last one may have been carried out.
  `${call} StatusCode: 0, RequestID: , request send failed, Post "${host}": dial tcp: lookup kms.us-west-2.amazonaws.com: i/o timeout`,
  `${call} StatusCode: 200, RequestID: 4711, deserialization failed, failed to decode response body, unexpected EOF`,
  `${call} StatusCode: 500, RequestID: 4711, KMSInternalException: An internal failure has happened`,
  'Post "https://4711.gr7.us-west-2.eks.amazonaws.com/api/v1/namespaces": http2: client connection lost',
])("after an answer that is lost, nothing is created once more: %s", async (fault) => {
  const world = new TaggedWorld();
  world.faults.fail.set("aws_kms_key.data-key", fault);
  expect(await run(world, "--env dev --yes", layers)).toMatchObject({
    hint: `To find and import those objects, run: ${recoverLine}`,
    exitCode: 8,
  });
  world.faults.fail.clear();
  expect(await run(world, "--env dev --yes", layers)).toMatchObject({ exitCode: 8 });
  expect(await run(world, `${recover} --yes`, layers)).toBe(0);
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
});

test.each([
  `${call} StatusCode: 400, RequestID: 4711, LimitExceededException: Too many keys`,
  `${call} StatusCode: 500, RequestID: 4711, api error InsufficientInstanceCapacity: There is not enough of it`,
  `${call} StatusCode: 503, RequestID: 4711, api error SlowDown: Please reduce your request rate`,
  'Post "https://4711.gr7.us-west-2.eks.amazonaws.com/api/v1/namespaces": dial tcp 10.0.8.4:443: i/o timeout',
])("after one that says that nothing was created, no search is needed: %s", async (fault) => {
  const world = new TaggedWorld();
  world.faults.fail.set("aws_kms_key.data-key", fault);
  expect(await run(world, "--env dev --yes", layers)).toMatchObject({
    exitCode: expect.not.toSatisfy((code) => code === 8) as number,
  });
  world.faults.fail.clear();
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
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

describe("what was created beside an object that it is to replace", () => {
  const second = { type: "aws_kms_key", id: "k-2", body: { tags: { Name: "dev-logs" } } };
  const key = "aws_kms_key.logs-key";

  /** Everything is applied; the next plan replaces a key, beside which there is another one. */
  async function replacing(): Promise<TaggedWorld> {
    const world = new TaggedWorld();
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    world.faults.replace.add(key);
    world.faults.createFirst.add(key);
    world.cloud.objects.set("aws_kms_key/k-2", second);
    return world;
  }

  test("is named where nothing is asked about its type, and holds up nothing once it is deleted", async () => {
    const world = await replacing();
    const lines = [
      { began: key, type: "aws_kms_key", instead: "aws_kms_key-3" },
      { created: key, type: "aws_kms_key", id: "k-2" },
    ];
    world.files.write(record, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    expect(await run(world, "--env dev --yes", layers)).toMatchObject({ exitCode: 8 });
    expect(await run(world, `${recover} --yes`, layers)).toMatchObject({
      message: `Cannot finish recovering "keys": 1 object may exist and be in no state, and cannot be imported: ${key} (k-2), in its place is aws_kms_key-3`,
      hint: "Look for them in the AWS console, and delete those that exist; then run: npx ts-node scripts/provision.ts --env dev",
      exitCode: 8,
    });
    world.cloud.objects.delete("aws_kms_key/k-2");
    expect(await run(world, `${recover} --yes`, layers)).toBe(0);
    expect(await run(world, "--env dev --yes --only keys --allow-data-loss keys", layers)).toBe(0);
  });

  test("is named by its tags alone as well, and not created once more", async () => {
    const world = await replacing();
    expect(await run(world, `${recover} --yes`, layers)).toMatchObject({
      message: expect.stringContaining(`${key} (k-2), in its place is aws_kms_key-3`) as string,
      exitCode: 8,
    });
  });

  test("is named as long as AWS says that it exists", async () => {
    const halls = inOrder([
      cellar,
      defineLayer({
        ...{ name: "keys", summary: "Certificate", settings: z.strictObject({}), needs: {}, outputs: {} },
        build(stack) {
          new AcmCertificate(stack, "certificate", { domainName: "dev.example.com" });
          return {};
        },
      }),
    ]);
    const world = new TaggedWorld();
    const aws = new FakeAws(world);
    expect(await run(world, "--env dev --yes", halls)).toBe(0);
    const address = "aws_acm_certificate.certificate";
    world.faults.replace.add(address);
    world.faults.createFirst.add(address);
    const id = "arn:aws:acm:us-west-2:123456789012:certificate/2";
    world.files.write(record, `${JSON.stringify({ created: address, type: "aws_acm_certificate", id })}\n`);
    aws.answers.set("acm DescribeCertificate", { Certificate: { Status: "ISSUED" } });
    for (const time of ["first", "second"])
      expect(await run(world, `${recover} --yes`, halls), time).toMatchObject({
        message: `Cannot import 1 object of "keys": ${address} (${id}): the state has another one in its place, which exists`,
        exitCode: 8,
      });
    aws.refusals.set("acm DescribeCertificate", awsError("ResourceNotFoundException", "not found"));
    expect(await run(world, `${recover} --yes`, halls)).toBe(0);
    expect(world.files.read(record)).toBeUndefined();
  });
});

test("what the state has at another address is not imported once more, but moved by the command that is named", async () => {
  const renamed = (id: string) =>
    inOrder([
      cellar,
      defineLayer({
        ...{ name: "keys", summary: "Keys", settings: z.strictObject({}), needs: {}, outputs: {} },
        build(stack) {
          new S3Bucket(stack, id, { bucket: "dev-files", tags: { Name: "dev-files" } });
          return {};
        },
      }),
    ]);
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes", renamed("files"))).toBe(0);
  const papers = renamed("papers");
  expect(await run(world, `${recover} --yes`, papers)).toMatchObject({
    message:
      'Cannot recover "keys": the state has 1 object at another address than the plan: aws_s3_bucket.files (dev-files) is aws_s3_bucket.papers there',
    hint: `Run: terraform -chdir=cdktf.out/dev/stacks/keys state mv aws_s3_bucket.files aws_s3_bucket.papers; then run: ${recoverLine} --yes`,
    exitCode: 8,
  });
  expect(world.addresses).toEqual(["aws_s3_bucket.files"]);
  const moved = world.cloud.stored.get(world.stateKey)?.replace('"name":"files"', '"name":"papers"') ?? "";
  world.cloud.stored.set(world.stateKey, moved);
  expect(await run(world, `${recover} --yes`, papers)).toBe(0);
  expect(await run(world, "plan --env dev --detailed-exitcode", papers)).toBe(0);
});

test("what has the tags of another resource in the state is not imported a second time", async () => {
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  const { stateKey, addresses } = world;
  const renamed = world.cloud.stored.get(stateKey)?.replace('"name":"logs-key"', '"name":"old-key"') ?? "";
  world.cloud.stored.set(stateKey, renamed);
  expect(await run(world, `${recover} --yes`, layers)).toBe(0);
  expect(world.addresses).toEqual(addresses.map((one) => one.replace("logs-key", "old-key")).toSorted());
});

describe("what the state has, and AWS does not have any more", () => {
  const logsKeys = ({ cloud }: TaggedWorld) =>
    [...cloud.objects].filter(
      ([, { type, body }]) => type === "aws_kms_key" && /dev-logs/.test(JSON.stringify(body)),
    );

  /** Everything is applied, and a key is deleted outside Terraform. */
  async function withoutKey(): Promise<TaggedWorld> {
    const world = new TaggedWorld();
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    for (const [key] of logsKeys(world)) world.cloud.objects.delete(key);
    return world;
  }

  /** The next apply is killed when it has created another one in its place. */
  async function cutOff(): Promise<TaggedWorld> {
    const world = await withoutKey();
    world.beforeEffect = () => {
      if (logsKeys(world).length > 0) world.effectsLeft = 0;
    };
    await expect(run(world, "--env dev --yes", layers)).rejects.toThrow(Killed);
    return Object.assign(world, { effectsLeft: Infinity, beforeEffect: () => undefined });
  }

  test("is not taken for an object in no state, and not created by recover", async () => {
    const world = await withoutKey();
    const [{ id = "" } = {}] = world
      .state()
      .resources.flatMap(({ name, instances }) =>
        name === "logs-key" ? instances.map(({ attributes }) => attributes) : [],
      );
    world.files.write(
      record,
      `${JSON.stringify({ created: "aws_kms_key.logs-key", type: "aws_kms_key", id })}\n`,
    );
    expect(await run(world, `${recover} --yes`, layers)).toBe(0);
    expect(world.printed.join("\n")).toContain("keys: nothing exists that its plan would create once more");
    expect(logsKeys(world)).toEqual([]);
  });

  test("makes way for what was created in its place by an apply that was killed", async () => {
    const world = await cutOff();
    expect(await run(world, "plan --env dev", layers)).toMatchObject({ exitCode: 8 });
    expect(await run(world, "--env dev --yes", layers)).toMatchObject({ exitCode: 8 });
    expect(await run(world.answering("no"), recover, layers)).toMatchObject({
      message: 'Cannot recover "keys": declined',
    });
    expect(await run(world, `${recover} --yes`, layers)).toBe(0);
    expect(world.printed.join("\n")).toMatch(/aws_kms_key\.logs-key aws_kms_key-\d: aws_kms_key-\d/);
    expect(world.printed.join("\n")).toContain("keys: imported 1 object");
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    expect(logsKeys(world)).toHaveLength(1);
  });

  test("does not hide what was created in its place from a destroy", async () => {
    const world = await cutOff();
    const destroy =
      "destroy --env dev --only keys --confirm dev --yes --allow-data-loss keys --remove-leftovers";
    expect(await run(world, destroy, layers)).toBe(0);
    expect(logsKeys(world)).toEqual([]);
  });
});
