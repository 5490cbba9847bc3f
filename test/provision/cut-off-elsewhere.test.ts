import { describe, expect, test } from "vitest";
import type { LockDocument } from "../../scripts/provision/run/lock-document";
import { everything, layers, TaggedWorld } from "./after-kill";
import { run } from "./runs";

const apply = "--env dev --yes";
const lockKey = "dev-state/us-west-2/environment.lock/dev.tflock";

/** Another operator of the same account, with files of their own. */
function elsewhere(first: Pick<TaggedWorld, "cloud">, host = "build-7"): TaggedWorld {
  // The clock stands still; the names of runs tell their order.
  let runs = host === "build-7" ? 8 : 40;
  return Object.assign(new TaggedWorld(), {
    cloud: first.cloud,
    self: { pid: 7, host, user: "ben" },
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
  world.cloud.stored.set(`${world.stateKey}.tflock`, "{}");
  expect(await run(world, "plan --env dev", layers)).toBe(0);
  const later = Object.assign(elsewhere(world), { lockAge: 600 });
  expect(await run(later, "plan --env dev", layers)).toMatchObject({ exitCode: 8 });
});

/** Time in which a run waits passes at once; `act` is called with each second of it. */
function hurried(world: TaggedWorld, act: (second: number) => void = () => undefined): void {
  let second = 0;
  Object.assign(world.clock, {
    every: (seconds: number, tick: () => void) => {
      if (seconds !== 1) return () => undefined;
      const timer = setInterval(() => {
        act((second += 1));
        tick();
      }, 0);
      return () => {
        clearInterval(timer);
      };
    },
  });
}

test("one that stands in the environment's lock was, if its Terraform does not come back to the lock of the state", async () => {
  const world = await killed({ unlocked: false });
  world.lockAge = 5;
  const seconds: number[] = [];
  hurried(world, (second) => seconds.push(second));
  expect(await run(world, "plan --env dev", layers)).toMatchObject({ exitCode: 8 });
  expect(seconds).toHaveLength(5 + 45 - 5);
});

test("nor does it help one that was killed that another job of its pipeline renews the lock that they share", async () => {
  const world = await killed({ unlocked: false });
  world.lockAge = 5;
  const own = JSON.parse(world.cloud.stored.get(lockKey) ?? "") as LockDocument;
  const renew = (beat: number) =>
    world.cloud.stored.set(
      lockKey,
      JSON.stringify({ ...own, holder: "other", run: "other", layer: "cellar", beat, joined: [own] }),
    );
  renew(1);
  hurried(world, renew);
  expect(await run(world, "plan --env dev", layers)).toMatchObject({ exitCode: 8 });
});

test("one that waits before its next attempt, and renews its lock, was not", async () => {
  const world = new TaggedWorld();
  expect(await run(world, apply, layers)).toBe(0);
  for (const key of [...world.cloud.stored.keys()])
    if (key === world.stateKey || key.includes("/journal/")) world.cloud.stored.erase(key);
  for (const [key, { body }] of [...world.cloud.objects])
    if (!JSON.stringify([key, body]).includes("dev-state")) world.cloud.objects.delete(key);
  world.faults.denied.set("aws_s3_bucket.files", { message: "Throttling: Rate exceeded", times: 1 });
  const beats: (() => void)[] = [];
  let seen: Promise<unknown> | undefined;
  Object.assign(world.clock, {
    every: (seconds: number, act: () => void) => {
      if (seconds === 30) beats.push(act);
      if (seconds !== 1) return () => undefined;
      const other = elsewhere(world, "build-9");
      other.lockAge = 5;
      hurried(other, (second) => {
        if (second === 30) for (const beat of beats) beat();
      });
      let isOver = false;
      seen ??= run(other, "plan --env dev", layers);
      void seen.then(() => {
        while (!isOver) act();
      });
      return () => {
        isOver = true;
      };
    },
  });
  expect(await run(world, apply, layers)).toBe(0);
  expect(await seen).toBe(0);
});

test("it is not forgotten while others work on other layers, however often", async () => {
  const world = await killed();
  const [key = "", text = ""] = [...world.cloud.stored].find(([name]) => name.includes("/journal/")) ?? [];
  const ofCellar = text
    .split("\n")
    .filter((line) => !line.includes('"layer":"keys"'))
    .join("\n");
  for (let count = 100; count < 220; count++)
    world.cloud.stored.set(key.replace(/journal\/\w+/, `journal/20990101T000000Z-00000${count}`), ofCellar);
  expect(await run(world, apply, layers)).toMatchObject({ exitCode: 8 });
});

test.each(["ahead", "behind"])(
  "the clocks of those who ran may differ: it was cut off by one whose clock is %s",
  async (is) => {
    const world = await killed();
    const [key = "", text = ""] = [...world.cloud.stored].find(([name]) => name.includes("/journal/")) ?? [];
    // An earlier run has applied the layer.
    const applied = text.replaceAll(/"phase":"applying","layer":"keys"/g, '"phase":"applied","layer":"keys"');
    const day = is === "ahead" ? "20200101" : "20990101";
    world.cloud.stored.set(key.replace(/journal\/\w+/, `journal/${day}T000000Z-00000001`), applied);
    world.cloud.stored.set(key, text);
    expect(await run(world, apply, layers)).toMatchObject({ exitCode: 8 });
    expect(await run(world, "recover --env dev --only keys --yes", layers)).toBe(0);
    expect(await run(world, apply, layers)).toBe(0);
  },
);

test("a run that applied the layer before, and ends after the one that was cut off, does not hide it", async () => {
  const world = await killed();
  const [key = "", text = ""] = [...world.cloud.stored].find(([name]) => name.includes("/journal/")) ?? [];
  // It slept at the question of another layer since yesterday, and ends now that somebody has unlocked it.
  const woken = text
    .split("\n")
    .map((line) =>
      line.includes('"layer":"keys"')
        ? line.replace('"phase":"applying"', '"phase":"applied"').replace("2026-01-01T", "2025-12-31T")
        : line,
    );
  world.cloud.stored.set(key.replace(/journal\/\w+/, "journal/20251231T090000Z-00000001"), woken.join("\n"));
  expect(await run(world, apply, layers)).toMatchObject({ exitCode: 8 });
  expect(await run(world, "recover --env dev --yes", layers)).toBe(0);
  expect(await run(elsewhere(world, "build-9"), apply, layers)).toBe(0);
  expect(world.addresses).toEqual(everything);
});

test("a recovery that removed what is gone from a state, and was declined then, does not hide it either", async () => {
  const world = await killed();
  const data = [...world.cloud.objects.values()].find(({ body }) =>
    JSON.stringify(body).includes("dev-data"),
  );
  const instances = [{ attributes: { ...data?.body, id: data?.id } }];
  world.texts.set(
    "cdktf.out/dev/stacks/keys/errored.tfstate",
    JSON.stringify({
      ...{ version: 4, serial: 3, lineage: "l", outputs: {} },
      resources: [{ mode: "managed", type: "aws_kms_key", name: "data-key", instances }],
    }),
  );
  world.answering("yes", "no");
  expect(await run(world, "recover --env dev --only keys", layers)).toMatchObject({ exitCode: 1 });
  expect(world.questions.at(-1)).toMatch(/^Import \d objects into the state of keys\?/);
  const later = elsewhere(world, "build-9");
  expect(await run(later, apply, layers)).toMatchObject({ exitCode: 8 });
  expect(await run(later, "recover --env dev --yes", layers)).toBe(0);
  expect(await run(later, apply, layers)).toBe(0);
  expect(later.addresses).toEqual(everything);
});

/** Another operator saves a state with the next serial, in which nothing else is changed. */
async function saved(first: TaggedWorld, path: string): Promise<TaggedWorld> {
  const world = elsewhere(first);
  const state = first.cloud.stored.get(first.stateKey) ?? "";
  world.texts.set(
    path,
    state.replace(/"serial":(\d+)/, (_, serial) => `"serial":${Number(serial) + 1}`),
  );
  const named = path.startsWith("cdktf.out/") ? "" : ` --only keys --state ${path}`;
  expect(await run(world, `recover --env dev${named} --yes`, layers)).toBe(0);
  expect(world.printed.join("\n")).toContain("saved the state");
  return world;
}

test.each(["mine.tfstate", "cdktf.out/dev/stacks/keys/errored.tfstate"])(
  "a run that saved the whole state in %s was not cut off",
  async (path) => {
    const first = new TaggedWorld();
    expect(await run(first, apply, layers)).toBe(0);
    await saved(first, path);
    expect(await run(elsewhere(first, "build-9"), "plan --env dev", layers)).toBe(0);
  },
);

test("a run that saved a state does not end what another has left", async () => {
  const world = await killed();
  const state = { version: 4, serial: 3, lineage: "l", outputs: {}, resources: [] };
  world.cloud.stored.set(world.stateKey, JSON.stringify(state));
  const later = await saved(world, "mine.tfstate");
  expect(await run(elsewhere(later, "build-9"), "plan --env dev", layers)).toMatchObject({ exitCode: 8 });
});

test("a recovery that cannot import everything does not end that", async () => {
  const world = await killed();
  const [key, found] =
    [...world.cloud.objects].find(([, { body }]) => JSON.stringify(body).includes("dev-logs")) ?? [];
  if (key === undefined || found === undefined) throw new Error("no such key");
  world.cloud.objects.set(`${key}-2`, { ...found, id: `${found.id}-2` });
  expect(await run(world, "recover --env dev --only keys --yes", layers)).toMatchObject({ exitCode: 8 });
  expect(world.addresses).toContain("aws_kms_key.data-key");
  expect(await run(world, apply, layers)).toMatchObject({ exitCode: 8 });
  expect(await run(elsewhere(world), apply, layers)).toMatchObject({ exitCode: 8 });
  world.cloud.objects.delete(`${key}-2`);
  expect(await run(world, "recover --env dev --only keys --yes", layers)).toBe(0);
  expect(await run(world, apply, layers)).toBe(0);
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

test("a run that was killed after it untainted something has created nothing", async () => {
  const world = new TaggedWorld();
  expect(await run(world, apply, layers)).toBe(0);
  const later = elsewhere(world);
  const [key = "", text = ""] = [...world.cloud.stored].find(([name]) => name.includes("/journal/")) ?? [];
  const lines = text.split("\n");
  const began = lines.findIndex((line) => /"applying","layer":"keys"/.test(line));
  const killedAfter = (terraform: string) => {
    const [last = ""] = lines.slice(began);
    const cut = [...lines.slice(0, began), last.replace('"terraform":"apply"', `"terraform":"${terraform}"`)];
    world.cloud.stored.set(key.replace(/journal\/\w+/, "journal/20990101T000000Z-00000001"), cut.join("\n"));
  };
  killedAfter("apply");
  expect(await run(later, "plan --env dev --only keys", layers)).toMatchObject({ exitCode: 8 });
  killedAfter("untaint");
  expect(await run(later, "plan --env dev --only keys", layers)).toBe(0);
});

describe("after an older state was restored", () => {
  /** All that the bucket still has of the state is an early version, before a damaged one, which somebody else restores. */
  async function restored(damaged: string): Promise<TaggedWorld> {
    const world = elsewhere(new TaggedWorld());
    expect(await run(world, apply, layers)).toBe(0);
    const { cloud, stateKey } = world;
    const whole = world.state();
    const early = {
      ...whole,
      serial: 1,
      resources: whole.resources.filter(({ name }) => name !== "data-key"),
    };
    cloud.stored.erase(stateKey);
    cloud.stored.set(stateKey, JSON.stringify(early));
    cloud.stored.set(stateKey, damaged);
    expect(await run(world.answering("yes"), "recover --env dev --only keys", layers)).toBe(0);
    return world;
  }
  const keysIn = ({ cloud }: TaggedWorld) => [...cloud.objects.keys()].filter((key) => /kms_key/.test(key));

  test.each(["", '{"version": 4, "serial": 99, "lin'])(
    "nothing is created once more before recover has searched, neither here nor elsewhere: %j",
    async (damaged) => {
      const world = await restored(damaged);
      const before = keysIn(world);
      for (const operator of [
        world,
        Object.assign(elsewhere(world), { randomBytes: () => Buffer.alloc(4, 7) }),
      ])
        expect(await run(operator, `${apply} --only keys`, layers)).toMatchObject({
          message: expect.stringMatching(
            /^Cannot apply "keys": run \S+ of ben on build-7 restored an older state, and what was created after that one may be in no state$/,
          ) as string,
          exitCode: 8,
        });
      expect(await run(world, "recover --env dev --yes", layers)).toBe(0);
      expect(world.addresses).toEqual(everything);
      expect(await run(world, apply, layers)).toBe(0);
      expect(keysIn(world)).toEqual(before);
    },
  );

  test("no search is asked for where the journal tells that it was the last one", async () => {
    const world = elsewhere(new TaggedWorld());
    expect(await run(world, apply, layers)).toBe(0);
    world.cloud.stored.set(world.stateKey, "");
    expect(await run(world.answering("yes"), "recover --env dev --only keys", layers)).toBe(0);
    const other = Object.assign(elsewhere(world), { randomBytes: () => Buffer.alloc(4, 7) });
    expect(await run(other, "plan --env dev --only keys --detailed-exitcode", layers)).toBe(0);
  });
});

test("a state that is older than a recovery has left is refused", async () => {
  const world = await killed();
  expect(await run(world, "recover --env dev --only keys --yes", layers)).toBe(0);
  const { cloud, stateKey } = world;
  const imported = JSON.parse(cloud.stored.get(stateKey) ?? "") as { readonly serial: number };
  cloud.stored.set(stateKey, JSON.stringify({ ...imported, serial: imported.serial - 1, resources: [] }));
  expect(await run(elsewhere(world), "plan --env dev --only keys", layers)).toMatchObject({
    message: expect.stringContaining(
      `its state in the bucket has serial ${imported.serial - 1}, and run `,
    ) as string,
    exitCode: 8,
  });
});
