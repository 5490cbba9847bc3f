import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { text } from "../../lib/layer/outputs";
import { UserError } from "../../lib/errors";
import { awsError } from "./aws-error";
import { FakeWorld } from "./fake-world";
import { killedEverywhere } from "./killed-everywhere";
import { run } from "./runs";

/** The bucket first, as the real layer has it; both with tags. */
const vault = defineLayer({
  name: "vault",
  summary: "State bucket and its key",
  settings: z.strictObject({}),
  needs: {},
  outputs: { bucketName: text("Name of the bucket") },
  state: "bootstrap",
  build(stack) {
    const bucket = new S3Bucket(stack, "bucket", {
      bucket: stack.environment.state.bucket,
      forceDestroy: !stack.deletionProtection,
      tags: { Name: "dev-state" },
    });
    const key = new KmsKey(stack, "key", { dependsOn: [bucket], tags: { Name: "dev-state" } });
    new KmsAlias(stack, "alias", { name: "alias/dev-state", targetKeyId: key.keyId, dependsOn: [key] });
    return { bucketName: bucket.id };
  },
});
const layers = inOrder([vault]);
const own = { environment: "dev", layer: "vault" };
const apply = "--env dev --yes --only vault";
const destroy = "destroy --env dev --yes --only vault --confirm dev --allow-data-loss vault";

/** Lists the keys that have tags. */
function listing<World extends FakeWorld>(world: World, refusal?: Error): World {
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) => {
      if (given[0].operation !== "GetResources") return send(...given);
      if (refusal !== undefined) return Promise.reject(refusal);
      const keys = [...world.cloud.objects.values()].filter(
        ({ type, body }) => type === "aws_kms_key" && body?.["tags"] !== undefined,
      );
      return Promise.resolve({
        ResourceTagMappingList: keys.map(({ id, body }) => ({
          ResourceARN: `arn:aws:kms:us-west-2:123456789012:key/${id}`,
          Tags: Object.entries({ ...own, ...(body?.["tags"] as object) }).map(([Key, Value]) => ({
            Key,
            Value,
          })),
        })),
      });
    },
  });
  return world;
}

/** Another machine: the account alone is the same. */
function elsewhere({ cloud }: FakeWorld): FakeWorld {
  return listing(new FakeWorld(cloud.copy()));
}

/** Runs a command line, and then what its failure says, until one succeeds. */
async function follow(world: FakeWorld, commandLine: string): Promise<readonly string[]> {
  const typed = [commandLine];
  for (const line of typed) {
    const ended = await run(world, line, layers);
    if (ended === 0) return typed;
    const next = /scripts\/provision\.ts ([^;]*)/.exec(ended instanceof UserError ? ended.hint : "")?.[1];
    if (next === undefined || typed.length > 3)
      throw ended instanceof Error ? ended : new Error(String(ended));
    typed.push(next);
  }
  return typed;
}

const types = (world: FakeWorld) => [...world.cloud.objects.values()].map(({ type }) => type).toSorted();

describe("on another machine than that on which a bootstrap was killed anywhere", async () => {
  const all = await killedEverywhere(listing(new FakeWorld()), apply, layers);
  // Of these, the account alone is seen.
  const account = ({ cloud }: FakeWorld) =>
    JSON.stringify([[...cloud.objects], [...cloud.stored.keys()].filter((key) => !key.includes("journal"))]);
  const left = [...new Map(all.map((world) => [account(world), world])).values()];

  test("apply, or the command that it names, completes it with the same objects", async () => {
    for (const killed of left) {
      const world = elsewhere(killed);
      const before = [...world.cloud.objects.keys()];
      expect((await follow(world, apply)).length).toBeLessThanOrEqual(2);
      expect(types(world)).toEqual(["aws_kms_alias", "aws_kms_key", "aws_s3_bucket"]);
      expect([...world.cloud.objects.keys()]).toEqual(expect.arrayContaining(before));
      expect(await run(world, "plan --env dev --only vault --detailed-exitcode", layers)).toBe(0);
    }
  });

  test("recover finds and imports what exists, and apply goes on with it", async () => {
    for (const killed of left) {
      const world = elsewhere(killed);
      const before = [...world.cloud.objects.keys()];
      expect(await run(world, "recover --env dev --yes", layers)).toBe(0);
      const said = world.printed.join("\n").includes("Nothing to recover");
      expect(said).toBe(before.length === 0 || killed.cloud.stored.has("dev-state/us-west-2/vault/dev"));
      expect(await run(world, apply, layers)).toBe(0);
      expect(types(world)).toEqual(["aws_kms_alias", "aws_kms_key", "aws_s3_bucket"]);
      expect([...world.cloud.objects.keys()]).toEqual(expect.arrayContaining(before));
    }
  });

  test("destroy, or the command that it names, leaves nothing", async () => {
    for (const killed of left) {
      const world = elsewhere(killed);
      expect((await follow(world, destroy)).length).toBeLessThanOrEqual(2);
      expect(types(world).filter((type) => type !== "aws_kms_alias")).toEqual([]);
    }
  });
});

/** A world with the bucket and keys of it, but without any state. */
function halfway(keys = 1, refusal?: Error): FakeWorld {
  const world = listing(new FakeWorld(), refusal);
  const tags = { Name: "dev-state", ...own };
  world.cloud.create("aws_s3_bucket", { bucket: "dev-state", force_destroy: false, tags });
  for (let created = 0; created < keys; created += 1) world.cloud.create("aws_kms_key", { tags });
  return world;
}

/** Of which nothing says that it is this environment's. */
function foreign(): FakeWorld {
  const world = listing(new FakeWorld());
  world.cloud.create("aws_s3_bucket", { bucket: "dev-state" });
  return world;
}

const denied = () => awsError("AccessDeniedException", "not authorized to perform: tag:GetResources");
const all = ["aws_kms_alias", "aws_kms_key", "aws_s3_bucket"];

describe("--adopt-state-bucket", () => {
  test("adopts the key that has the tags of the layer as well", async () => {
    const world = halfway();
    expect(await run(world, `${apply} --adopt-state-bucket`, layers)).toBe(0);
    expect(types(world)).toEqual(all);
    expect(world.printed.join("\n")).toMatch(
      /aws_kms_key\.key[ │]+aws_kms_key-1[ │]+has its tags[ │]+import/,
    );
  });

  test("adopts none of two keys, and creates no third", async () => {
    const world = halfway(2);
    const refused = {
      message:
        'Cannot adopt what an earlier run has left of the state bucket "dev-state": aws_kms_key.key (aws_kms_key-1): 2 objects fit this resource; aws_kms_key.key (aws_kms_key-2): 2 objects fit this resource',
      hint: expect.stringMatching(
        /^To see which key the bucket uses, run: aws s3api get-bucket-encryption --bucket dev-state --region us-west-2; delete every other one, run: aws kms schedule-key-deletion --key-id <ID> --region us-west-2; then run: .*--adopt-state-bucket$/,
      ) as string,
      exitCode: 8,
    };
    expect(await run(world, `${apply} --adopt-state-bucket`, layers)).toMatchObject(refused);
    expect(types(world)).toEqual(["aws_kms_key", "aws_kms_key", "aws_s3_bucket"]);
    world.cloud.objects.delete("aws_kms_key/aws_kms_key-2");
    expect(await run(world, `${apply} --adopt-state-bucket`, layers)).toBe(0);
    expect(types(world)).toEqual(all);
  });

  test("creates nothing where AWS does not say what has tags", async () => {
    const world = halfway(1, denied());
    expect(await run(world, `${apply} --adopt-state-bucket`, layers)).toMatchObject({
      message: expect.stringMatching(
        /^Cannot adopt the state bucket "dev-state": its key may exist, and would be created once more; what has tags in us-west-2 could not be looked for/,
      ) as string,
      hint: expect.stringMatching(/^Allow tag:GetResources, .*; then run: .*--adopt-state-bucket$/) as string,
      exitCode: 8,
    });
    expect(types(world)).toEqual(["aws_kms_key", "aws_s3_bucket"]);
  });
});

describe.each([
  ["lacks the tags of the layer", false],
  ["has the tags of the layer", true],
])("a bucket that its own state lacks, and that %s,", (_, tagged) => {
  test("is taken over by what is printed", async () => {
    const world = await lackingBucket(tagged);
    await follow(world, apply);
    expect(types(world)).toEqual(all);
    expect(await run(world, "plan --env dev --only vault --detailed-exitcode", layers)).toBe(0);
  });

  test("is destroyed by what is printed", async () => {
    const world = await lackingBucket(tagged);
    await follow(world, destroy);
    expect(types(world)).toEqual([]);
  });
});

/** Another machine, with a bucket that somebody has taken out of the state within it. */
async function lackingBucket(tagged: boolean): Promise<FakeWorld> {
  const first = listing(new FakeWorld());
  expect(await run(first, apply, layers)).toBe(0);
  const world = elsewhere(first);
  const place = "dev-state/us-west-2/vault/dev";
  const state = JSON.parse(world.cloud.stored.get(place) ?? "") as {
    serial: number;
    resources: { type: string }[];
  };
  const resources = state.resources.filter(({ type }) => type !== "aws_s3_bucket");
  world.cloud.stored.set(place, JSON.stringify({ ...state, serial: state.serial + 1, resources }));
  const object = { type: "aws_s3_bucket", id: "dev-state" };
  // To this cloud, tags of any value are those of the layer.
  const tags = tagged && { tags: { Name: "dev-state" } };
  world.cloud.objects.set("aws_s3_bucket/dev-state", { ...object, body: { bucket: "dev-state", ...tags } });
  return world;
}

test("without a bucket, a key with the tags of the layer stops the apply that would create another one", async () => {
  const world = halfway();
  world.cloud.objects.delete("aws_s3_bucket/dev-state");
  const refused = {
    message:
      'Cannot create the state bucket "dev-state": an earlier run was cut off or its state is lost; no state has aws_kms_key.key aws_kms_key-1',
    hint: "To adopt what exists, run: npx ts-node scripts/provision.ts --env dev --only vault --yes --adopt-state-bucket",
    exitCode: 8,
  };
  expect(await run(world, apply, layers)).toMatchObject(refused);
  // The same again: a run that was refused has begun nothing.
  expect(await run(world, apply, layers)).toMatchObject(refused);
  expect(await run(world, `${apply} --adopt-state-bucket`, layers)).toBe(0);
  expect(types(world)).toEqual(all);
});

test("an empty account is filled also where AWS does not say what has tags, with a warning", async () => {
  const world = listing(new FakeWorld(), denied());
  expect(await run(world, apply, layers)).toBe(0);
  expect(world.printed.join("\n")).toContain("Not looked for: what has tags in us-west-2; AWS says");
});

describe("a destroy without any state", () => {
  test("ends with 8, and the option that destroys bucket and key", async () => {
    const world = halfway();
    expect(await run(world, destroy, layers)).toMatchObject({
      message:
        'Cannot destroy "vault" without approval: 2 objects of it exist, and no state has aws_kms_key.key aws_kms_key-1, aws_s3_bucket.bucket dev-state',
      hint: expect.stringMatching(/^To destroy them as well, run: .* --remove-leftovers$/) as string,
      exitCode: 8,
    });
    expect(types(world)).toEqual(["aws_kms_key", "aws_s3_bucket"]);
    expect(await run(world, `${destroy} --remove-leftovers`, layers)).toBe(0);
    expect(types(world)).toEqual([]);
    expect(await run(world, destroy, layers)).toBe(0);
  });

  test("destroys both keys with the tags of the layer", async () => {
    const world = halfway(2);
    expect(await run(world, `${destroy} --remove-leftovers`, layers)).toBe(0);
    expect(types(world)).toEqual([]);
  });

  test("takes no bucket that lacks the tags of the layer", async () => {
    const world = foreign();
    expect(await run(world, `${destroy} --remove-leftovers`, layers)).toMatchObject({
      message:
        'Cannot destroy "vault": the bucket "dev-state" exists, no state has it, and it lacks the tags of this layer',
      hint: expect.stringMatching(
        /^If it is managed outside this environment, set state\.existing: true in configs\/dev\.yaml; otherwise, to destroy it, run: .*--adopt-state-bucket/,
      ) as string,
      exitCode: 8,
    });
    expect(types(world)).toEqual(["aws_s3_bucket"]);
    expect(await run(world, `${destroy} --adopt-state-bucket`, layers)).toBe(0);
    expect(types(world)).toEqual([]);
  });
});

test("a destroy also takes a key that is left beside the one in the state", async () => {
  const world = listing(new FakeWorld());
  expect(await run(world, apply, layers)).toBe(0);
  world.cloud.create("aws_kms_key", { tags: { Name: "dev-state", ...own } });
  expect(await run(world, `${destroy} --remove-leftovers`, layers)).toBe(0);
  expect(types(world)).toEqual([]);
});

test("recover takes no bucket that lacks the tags of the layer", async () => {
  const world = foreign();
  expect(await run(world, "recover --env dev --yes", layers)).toMatchObject({
    message:
      'Cannot import 1 object of "vault": aws_s3_bucket.bucket (dev-state): it lacks the tags of this layer',
    hint: "If the bucket is managed outside this environment, set state.existing: true in configs/dev.yaml; otherwise, to adopt it, run: npx ts-node scripts/provision.ts --env dev --only vault --adopt-state-bucket",
    exitCode: 8,
  });
  expect(types(world)).toEqual(["aws_s3_bucket"]);
});

test("a bucket whose key has no alias yet is locked all the same, and keeps the journal", async () => {
  const world = halfway();
  const send = world.aws.send.bind(world.aws);
  const encrypted: (string | undefined)[] = [];
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) => {
      const { operation, input } = given[0];
      const { ServerSideEncryption: by } = input as { readonly ServerSideEncryption?: string };
      const isEarly =
        operation === "PutObject" && by === "aws:kms" && !types(world).includes("aws_kms_alias");
      if (operation === "PutObject" && !isEarly) encrypted.push(by);
      return isEarly
        ? Promise.reject(awsError("KMS.NotFoundException", "Alias is not found"))
        : send(...given);
    },
  });
  expect(await run(world, `${apply} --adopt-state-bucket`, layers)).toBe(0);
  expect(encrypted).toEqual(expect.arrayContaining(["AES256", "aws:kms"]));
});

test("the journal is in the bucket as soon as there is one", async () => {
  const world = listing(new FakeWorld());
  // After that, Terraform does nothing for which the journal would be copied.
  world.faults.fail.set("aws_kms_key.key", "no keys today");
  const send = world.aws.send.bind(world.aws);
  const journals: string[] = [];
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) => {
      const { Key = "", Body } = given[0].input as { readonly Key?: string; readonly Body?: Uint8Array };
      const text = Key.includes("/journal/") && Body !== undefined ? Buffer.from(Body).toString() : "";
      if (!text.includes('"phase":"applying"')) return send(...given);
      journals.push(text);
      // When the apply begins, there is none.
      return journals.length === 1 ? Promise.reject(awsError("NoSuchBucket", "")) : send(...given);
    },
  });
  await run(world, apply, layers);
  const phases = journals.map(
    (text) => (JSON.parse(text.trim().split("\n").at(-1) ?? "") as { phase: string }).phase,
  );
  expect(phases.slice(0, 3)).toEqual(["applying", "applying", "failed"]);
});

describe("an alias of the state's key that is somebody else's", () => {
  /** Whose environment has the same name, and another state bucket. */
  function beside(): FakeWorld {
    const world = listing(new FakeWorld());
    const [key, alias] = ["aws_kms_key", "aws_kms_alias"];
    world.cloud.objects.set(`${key}/k-1`, { type: key, id: "k-1", body: {} });
    const body = { name: "alias/dev-state", target_key_id: "k-1" };
    world.cloud.objects.set(`${alias}/alias/dev-state`, { type: alias, id: "alias/dev-state", body });
    return world;
  }
  const theirs = ["aws_kms_key/k-1", "aws_kms_alias/alias/dev-state"];
  const refused = {
    message:
      'Cannot create aws_kms_alias.alias for the state bucket "dev-state": alias/dev-state of the key k-1 exists, and nothing says that this environment created it',
    hint: "If another environment or program uses it, run: npx ts-node scripts/provision.ts destroy --env dev --only vault; then give this environment another name in configs/dev.yaml; otherwise, delete it, run: aws kms delete-alias --alias-name alias/dev-state --region us-west-2; then run: npx ts-node scripts/provision.ts --env dev --only vault --yes",
    exitCode: 8,
  };

  test("is not taken over by the apply after the one that could not create it", async () => {
    const world = beside();
    expect(await run(world, apply, layers)).toMatchObject({ exitCode: 1 });
    expect(await run(world, apply, layers)).toMatchObject(refused);
    const left = world.copy();
    // Either way of the hint goes on.
    world.cloud.objects.delete("aws_kms_alias/alias/dev-state");
    expect(await run(world, apply, layers)).toBe(0);
    expect(await run(left, destroy, layers)).toBe(0);
    expect([...left.cloud.objects.keys()]).toEqual(theirs);
  });

  test("nor by one that was killed before AWS refused it", async () => {
    const world = beside();
    expect(await run(world, apply, layers)).toMatchObject({ exitCode: 1 });
    const change = { began: "aws_kms_alias.alias", type: "aws_kms_alias" };
    world.files.write(".provision/dev/creations/vault.jsonl", `${JSON.stringify(change)}\n`);
    expect(await run(world, apply, layers)).toMatchObject(refused);
  });

  test("is deleted by no destroy, nor is its key, where ours was never created", async () => {
    const world = beside();
    world.faults.fail.set("aws_kms_key.key", "creating KMS Key: LimitExceededException");
    expect(await run(world, apply, layers)).toMatchObject({ exitCode: 1 });
    world.faults.fail.clear();
    expect(await run(world.copy(), apply, layers)).toMatchObject(refused);
    expect(await run(world, destroy, layers)).toBe(0);
    expect([...world.cloud.objects.keys()]).toEqual(theirs);
  });
});
