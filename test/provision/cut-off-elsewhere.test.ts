import { expect, test } from "vitest";
import { everything, layers, TaggedWorld } from "./after-kill";
import { run } from "./runs";

const apply = "--env dev --yes";

/** Another operator of the same account, with files of their own. */
function elsewhere(first: Pick<TaggedWorld, "cloud">): TaggedWorld {
  // The clock stands still; the names of runs tell their order.
  let runs = 8;
  return Object.assign(new TaggedWorld(), {
    cloud: first.cloud,
    self: { pid: 7, host: "build-7", user: "ben" },
    randomBytes: (count: number) => Buffer.alloc(count, (runs += 1)),
  });
}

/** What a run leaves behind that is killed, with its Terraform, when everything of "keys" exists, and its state is not saved. */
async function killed({ unlocked } = { unlocked: true }): Promise<TaggedWorld> {
  const world = new TaggedWorld();
  let left: TaggedWorld | undefined;
  world.beforeEffect = () => {
    const journal = [...world.cloud.stored].find(([key]) => key.includes("/journal/"))?.[1] ?? "";
    if (/"applying","layer":"keys"/.test(journal) && !/"applied","layer":"keys"/.test(journal))
      left = elsewhere(world.copy());
  };
  expect(await run(world, apply, layers)).toBe(0);
  if (left === undefined) throw new Error("the journal does not say that the apply has begun");
  left.lockAge = 600;
  left.cloud.stored.erase(left.stateKey);
  if (unlocked) expect(await run(left, "unlock --env dev --yes", layers)).toBe(0);
  return left;
}

test.each(["apply", "plan"])(
  "%s refuses while a run elsewhere that was killed may have left objects; recover ends that",
  async (command) => {
    const world = await killed();
    expect(
      await run(world, `${command} --env dev${command === "apply" ? " --yes" : ""}`, layers),
    ).toMatchObject({
      message: expect.stringMatching(
        new RegExp(
          `^Cannot ${command} "keys": run \\S+ of \\S+ on \\S+ was cut off while it created objects, which may be in no state$`,
        ),
      ) as string,
      hint: expect.stringMatching(
        /^To find and import those that exist, run: npx ts-node scripts\/provision\.ts recover --env dev --only keys$/,
      ) as string,
      exitCode: 8,
    });
    expect(await run(world, "recover --env dev --only keys --yes", layers)).toBe(0);
    expect(await run(world, apply, layers)).toBe(0);
    expect(world.addresses).toEqual(everything);
  },
);

test("a search that finds nothing ends that as well", async () => {
  const world = await killed();
  for (const [key, { body }] of [...world.cloud.objects])
    if (!JSON.stringify([key, body]).includes("dev-state")) world.cloud.objects.delete(key);
  expect(await run(world, apply, layers)).toMatchObject({ exitCode: 8 });
  expect(await run(world, "recover --env dev", layers)).toBe(0);
  expect(world.printed.join("\n")).toContain("keys: nothing exists that its plan would create once more");
  expect(await run(world, apply, layers)).toBe(0);
});

test("a run elsewhere that is at work was not cut off", async () => {
  const world = await killed({ unlocked: false });
  world.lockAge = 5;
  expect(await run(world, "plan --env dev", layers)).toBe(0);
  const later = Object.assign(elsewhere(world), { lockAge: 600 });
  expect(await run(later, "plan --env dev", layers)).toMatchObject({ exitCode: 8 });
});

test("a run elsewhere whose provider ended is told from one that AWS refused something", async () => {
  const first = new TaggedWorld();
  first.faults.fail.set("aws_s3_bucket.files", "creating S3 Bucket: TooManyBuckets");
  expect(await run(first, apply, layers)).toMatchObject({ exitCode: 1 });
  expect(await run(elsewhere(first), "plan --env dev", layers)).toBe(0);
  first.faults.fail.set("aws_s3_bucket.files", "Plugin did not respond");
  expect(await run(first, apply, layers)).toMatchObject({ exitCode: 8 });
  const world = elsewhere(first);
  expect(await run(world, "plan --env dev", layers)).toMatchObject({ exitCode: 8 });
  // It comes to nothing, and tells nothing.
  world.faults.fail.set("aws_kms_key.data-key", "no");
  expect(await run(world, apply, layers)).toMatchObject({ exitCode: 8 });
  expect(await run(world, apply, layers)).toMatchObject({ exitCode: 8 });
});
