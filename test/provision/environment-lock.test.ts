import { describe, expect, test } from "vitest";
import type { UserError } from "../../lib/errors";
import type { AwsCall } from "../../lib/layer/aws-call";
import { lockInFolder } from "../../scripts/provision/runner/lock-in-folder";
import { type LockDocument, readLock } from "../../scripts/provision/run/lock-document";
import type { AwsRequest } from "../../scripts/provision/world/index";
import { awsError } from "./aws-error";
import { FakeTime } from "./fake-time";
import { FakeWorld } from "./fake-world";
import { rehearsing } from "./rehearsing";
import { run } from "./runs";
import { waiting } from "./waiting";

const object = "dev-state/us-west-2/environment.lock/dev.tflock";
const other: LockDocument = {
  ...{
    kind: "held",
    holder: "other",
    run: "20260101T083000Z-0a0a0a0a",
    user: "bert",
    host: "build-7",
    pid: 99,
  },
  ...{ command: "apply --env dev", layer: "house", since: "2026-01-01T08:30:00.000Z", beat: 12, joined: [] },
};

/** A world in which the environment is applied, and its lock is as given. */
async function applied(lock?: Partial<LockDocument>, ageSeconds = 12): Promise<FakeWorld> {
  const world = new FakeWorld();
  expect(await run(world, "--env dev --yes")).toBe(0);
  if (lock !== undefined) world.cloud.stored.set(object, JSON.stringify({ ...other, ...lock }));
  world.lockAge = ageSeconds;
  world.ran.length = 0;
  return world;
}

/** Another operator of the same account, on a machine of their own. */
function operator(first: FakeWorld, byte: number): FakeWorld {
  const world = new FakeWorld();
  return Object.assign(world, {
    cloud: first.cloud,
    self: { pid: 5000 + byte, host: `machine-${byte}`, user: `user-${byte}` },
    randomBytes: (count: number) => Buffer.alloc(count, byte),
  });
}

const lockIn = (world: FakeWorld) => readLock(world.cloud.stored.get(object) ?? "");

/** Lets a command of the lock fail from now on. */
function failing(
  world: FakeWorld,
  fails: (call: AwsCall) => boolean,
  error = awsError("AccessDenied", "no"),
): void {
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (call: AwsCall, request: AwsRequest) =>
      JSON.stringify(call.input).includes("environment.lock") && fails(call)
        ? Promise.reject(error)
        : send(call, request),
  });
}

describe("a run", () => {
  test("releases it when S3 answers again a moment after the end", async () => {
    const { world, waited } = waiting();
    expect(await run(world, "--env dev --yes --until cellar")).toBe(0);
    let refused = 0;
    failing(
      world,
      ({ input }) => {
        const { Body = "" } = input as { readonly Body?: Uint8Array | string };
        const fails = Buffer.from(Body).includes("released") && refused < 3;
        refused += fails ? 1 : 0;
        return fails;
      },
      Object.assign(new Error("socket hang up"), { name: "TimeoutError" }),
    );
    expect(await run(world, "--env dev --yes --only ground")).toBe(0);
    expect([refused, waited()]).toEqual([3, 17]);
    expect(lockIn(world)).toMatchObject({ kind: "released" });
    expect(world.printed.join("\n")).not.toContain("Cannot release");
  });

  test("gives up releasing it after about a minute where S3 hangs, also if a renewal hangs before, and says what is left", async () => {
    const { world, waited } = waiting();
    expect(await run(world, "--env dev --yes --until cellar")).toBe(0);
    // As world/aws.ts limits them.
    const limits: Readonly<Record<string, number>> = { question: 20, work: 300 };
    const seconds = world.clock.seconds.bind(world.clock);
    const every = world.clock.every.bind(world.clock);
    const beats: (() => void)[] = [];
    let hung = 0;
    Object.assign(world.clock, {
      seconds: () => seconds() + hung,
      every: (period: number, act: () => void) => {
        if (period === 30) beats.push(act);
        return every(period, act);
      },
    });
    const send = world.aws.send.bind(world.aws);
    let isDown = false;
    Object.assign(world.aws, {
      send: async (call: AwsCall, request: AwsRequest) => {
        if (!isDown || !JSON.stringify(call.input).includes("environment.lock")) return send(call, request);
        hung += limits[request.patience] ?? NaN;
        throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
      },
    });
    world.before = (called) => {
      if (called !== "ground apply") return;
      isDown = true;
      for (const beat of beats) beat();
    };
    expect(await run(world, "--env dev --yes --only ground")).toBe(0);
    expect(hung + waited()).toBe(20 + 20 + 2 + 20 + 5 + 20);
    expect(world.printed.join("\n")).toMatch(
      /Trying for up to a minute to release the environment's lock: AWS did not answer in time\n[^]*Cannot release the environment's lock: AWS did not answer in time; the next run on this machine takes it over, and for one on another machine, run: .*provision.ts unlock --env dev/,
    );
  });

  test("has the environment's lock while it works, says at which layer it is, and releases it", async () => {
    const world = await applied();
    const during: string[] = [];
    world.before = (called) => {
      const lock = lockIn(world);
      if (called.endsWith(" plan")) during.push(`${called}: ${lock?.kind} ${lock?.layer}`);
    };
    expect(await run(world, "--env dev --yes")).toBe(0);
    expect(during).toEqual(
      ["cellar", "ground", "house", "roof"].map((layer) => `${layer} plan: held ${layer}`),
    );
    expect(lockIn(world)).toMatchObject({ kind: "released", user: "anna", host: "workstation", pid: 4711 });
  });

  test("takes the lock as soon as there is a bucket, before it creates anything else", async () => {
    const world = new FakeWorld();
    const held: string[] = [];
    world.before = (called) => {
      if (lockIn(world)?.kind === "held") held.push(called);
    };
    expect(await run(world, "--env dev --yes")).toBe(0);
    expect(held[0]).toMatch(/^cellar /);
    expect(held).toContain("cellar state push");
  });

  test.each(["fails", "is declined", "is interrupted"])("that %s releases it", async (how) => {
    const world = await applied();
    if (how === "fails") world.faults.fail.set("aws_security_group.door", "Quota");
    else world.answering(how === "is declined" ? "no" : undefined);
    await run(world, "destroy --env dev");
    expect(lockIn(world)?.kind).toBe("released");
  });

  test.each(["plan --env dev", "outputs --env dev", "status --env dev"])(
    "of %s needs no lock",
    async (line) => {
      expect(typeof (await run(await applied({}), line))).toBe("number");
    },
  );

  test.each(["apply --env dev --yes", "destroy --env dev --yes --confirm dev", "recover --env dev --yes"])(
    "of %s is told who has the lock, since when, where, and whether they still beat; it changes nothing",
    async (line) => {
      const world = await applied({});
      const before = new Map(world.cloud.stored);
      expect(await run(world, line)).toMatchObject({
        message: expect.stringContaining(
          '"dev": it is locked: bert on "build-7" (process 99) has run "apply --env dev" since 2026-01-01 08:30 UTC, is at house, and was last heard from 12 s ago; its run is 20260101T083000Z-0a0a0a0a',
        ) as unknown,
        hint: "Wait until that run ends; for what it does, run: npx ts-node scripts/provision.ts history --env dev",
        exitCode: 5,
      });
      expect(world.ran).toEqual([]);
      expect([...world.cloud.stored].filter(([key]) => !key.includes("/journal/"))).toEqual(
        [...before].filter(([key]) => !key.includes("/journal/")),
      );
    },
  );

  test("is told how to unlock what another machine has not renewed, and does not take it over", async () => {
    expect(await run(await applied({}, 900), "--env dev --yes")).toMatchObject({
      message: expect.stringContaining(
        "was last heard from 15 min 0 s ago, though it should be every 30 seconds",
      ) as unknown,
      hint: "If that run is over, run: npx ts-node scripts/provision.ts unlock --env dev",
      exitCode: 5,
    });
  });

  test("takes over what a process left behind that is gone from this machine, with a notice", async () => {
    const world = await applied({ host: "workstation" }, 60);
    expect(await run(world, "--env dev --yes")).toBe(0);
    expect(world.printed).toContain(
      "  Took over the environment's lock from run 20260101T083000Z-0a0a0a0a, whose process 99 on this machine is gone",
    );
    expect(lockIn(world)?.kind).toBe("released");
  });

  test("takes over at once what was left behind here, with the lock of the folders", async () => {
    const world = await applied({ host: "workstation" }, 1);
    const { pid, command, since: started } = other;
    world.texts.set(
      ".provision/dev/run.lock",
      JSON.stringify({ pid, host: "workstation", command, started }),
    );
    expect(await run(world, "--env dev --yes")).toBe(0);
  });

  test("does not take over the lock of a process that lives", async () => {
    const world = await applied({ host: "workstation" }, 900);
    world.others.add(99);
    expect(await run(world, "--env dev --yes")).toMatchObject({ exitCode: 5 });
  });

  test("waits for a beat before it takes over: another machine may have the same name", async () => {
    const world = await applied({ host: "workstation" }, 5);
    new FakeTime(world);
    const beats = { ...other, host: "workstation", beat: 13 };
    world.clock.every(20, () => world.cloud.stored.set(object, JSON.stringify(beats)));
    expect(await run(world, "--env dev --yes")).toMatchObject({ exitCode: 5 });
    expect(world.ran).toEqual([]);
  });

  test("without the right to write the lock does not start, and is told where the rights are", async () => {
    const world = await applied();
    failing(world, ({ operation }) => operation === "PutObject");
    expect(await run(world, "--env dev --yes")).toMatchObject({
      message: 'Cannot lock the environment "dev" in its state bucket: AWS says "AccessDenied: no"',
      hint: expect.stringContaining("iam --env dev") as unknown,
      exitCode: 4,
    });
    expect(world.ran).toEqual([]);
  });

  test("whose answer to a write was lost recognises its own lock", async () => {
    const world = await applied();
    const send = world.aws.send.bind(world.aws);
    let lost = 3;
    Object.assign(world.aws, {
      send: async (call: AwsCall, request: AwsRequest) => {
        const answer = await send(call, request);
        const isLock = JSON.stringify(call.input).includes("environment.lock");
        if (isLock && call.operation === "PutObject" && lost-- > 0)
          throw awsError("PreconditionFailed", "the SDK has tried again");
        return answer;
      },
    });
    expect(await run(world, "--env dev --yes")).toBe(0);
  });
});

test("a run that ends because its write of the lock was not answered does not leave it behind", async () => {
  const world = await applied();
  const send = world.aws.send.bind(world.aws);
  let isLost = false;
  Object.assign(world.aws, {
    send: async (call: AwsCall, request: AwsRequest) => {
      const answer = await send(call, request);
      const { Key = "", IfMatch } = call.input as { readonly Key?: string; readonly IfMatch?: string };
      if (isLost || !Key.includes("environment.lock") || IfMatch === undefined) return answer;
      isLost = true;
      throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
    },
  });
  expect(await run(world, "--env dev --yes")).toMatchObject({ exitCode: 4 });
  expect(lockIn(world)?.kind).toBe("released");
  expect(await run(operator(world, 9), "--env dev --yes")).toBe(0);
});

describe("a run that loses the lock", () => {
  test.each([
    ["was unlocked", { kind: "released" as const }, "somebody has unlocked it"],
    ["is somebody else's now", {}, 'now bert on "build-7"'],
  ])("because it %s stops before its next change", async (_, lock, says) => {
    const world = await applied();
    world.faults.replace.add("aws_security_group.door");
    world.before = (called) => {
      if (called === "ground plan") world.cloud.stored.set(object, JSON.stringify({ ...other, ...lock }));
    };
    const failure = (await run(world, "--env dev --yes")) as UserError;
    expect(failure.message).toContain(`this run has lost the environment's lock, ${says}`);
    expect(failure.message).toMatch(/; nothing was begun since$/);
    expect(failure.exitCode).toBe(5);
    expect(world.ran).not.toContain("house plan");
    expect(world.cloud.stored.get(object)).toBe(JSON.stringify({ ...other, ...lock }));
  });

  test("between plan and apply does not apply", async () => {
    const world = new FakeWorld();
    await run(world, "--env dev --yes --until cellar");
    world.before = (called) => {
      if (called === "ground show") world.cloud.stored.set(object, JSON.stringify(other));
    };
    expect(await run(world, "--env dev --yes")).toMatchObject({ exitCode: 5 });
    expect(world.ran).not.toContain("ground apply");
  });

  test("because S3 cannot be asked stops, too", async () => {
    const world = await applied();
    world.before = (called) => {
      if (called === "ground plan") failing(world, () => true, awsError("ExpiredToken", "expired"));
    };
    expect(await run(world, "--env dev --yes")).toMatchObject({
      message: expect.stringContaining("Cannot lock the environment") as unknown,
      exitCode: 4,
    });
    expect(world.ran).not.toContain("house plan");
    expect(world.printed.join("\n")).toContain("Cannot release the environment's lock");
  });
});

describe("operators who start at once", () => {
  test.each([2, 5])("%i of them: one proceeds, and none interleaves", async (count) => {
    const first = await applied();
    const worlds = Array.from({ length: count }, (_, index) => operator(first, index + 1));
    const order: number[] = [];
    worlds.forEach(
      (world, index) => (world.before = (called) => called.endsWith("plan") && order.push(index)),
    );
    const ends = await Promise.all(worlds.map((world) => run(world, "--env dev --yes")));
    expect(ends.filter((end) => end === 0)).toHaveLength(1);
    expect(ends.filter((end) => typeof end === "object" && end.exitCode === 5)).toHaveLength(count - 1);
    expect(new Set(order).size).toBe(1);
    expect(order).toHaveLength(4);
  });

  test("in an empty account: the second finds the bucket taken, leaves no key, and is told who has it", async () => {
    const first = new FakeWorld();
    const second = operator(first, 2);
    // In the layer, nothing is created before the bucket; the toy's first object is its alias.
    second.faults.fail.set("aws_kms_alias.alias", "BucketAlreadyOwnedByYou: Your previous request succeeded");
    second.before = (called) => {
      if (called !== "cellar apply") return;
      first.cloud.create("aws_s3_bucket", { bucket: "dev-state" });
      first.cloud.stored.set(object, JSON.stringify(other));
    };
    const end = (await run(second, "--env dev --yes")) as UserError;
    expect(end.exitCode).toBe(5);
    expect(end.message).toContain('it is locked: bert on "build-7"');
    expect([...second.texts.keys()].filter((path) => path.includes("started"))).toEqual([]);
  });
});

describe("runs with one --run-id", () => {
  test("share the lock of the pipeline, and leave it to the one that took it", async () => {
    const world = await applied({ runId: "4711" });
    expect(await run(world, "--env dev --yes --run-id 4711")).toBe(0);
    expect(lockIn(world)).toMatchObject({ kind: "held", holder: "other" });
    expect(await run(world, "--env dev --yes --run-id 4712")).toMatchObject({ exitCode: 5 });
  });

  test("take over from a job of the same pipeline that is not heard from", async () => {
    const world = await applied({ runId: "4711" }, 900);
    world.environment = { ...world.environment, PROVISION_RUN_ID: "4711" };
    expect(await run(world, "--env dev --yes")).toBe(0);
    expect(lockIn(world)).toMatchObject({ kind: "released", runId: "4711", user: "anna" });
  });
});

describe("while Terraform works", () => {
  test("the lock is renewed, and a renewal that fails is not the end of the run", async () => {
    const world = await applied();
    const acts: (() => void)[] = [];
    Object.assign(world.clock, {
      every: (seconds: number, act: () => void) => {
        if (seconds === 30) acts.push(act);
        return () => undefined;
      },
    });
    let beats = 0;
    const send = world.aws.send.bind(world.aws);
    Object.assign(world.aws, {
      send: (call: AwsCall, request: AwsRequest) => {
        if (JSON.stringify(call.input).includes("environment.lock") && call.operation === "PutObject")
          beats += 1;
        return send(call, request);
      },
    });
    world.before = (called) => {
      if (called === "house plan") for (const act of acts) act();
    };
    expect(await run(world, "--env dev --yes")).toBe(0);
    // Created in vain, taken, before each of four layers, a beat, and released.
    expect(beats).toBe(1 + 1 + 4 + 1 + 1);
  });
});

describe("provision unlock", () => {
  test("shows who has a stale lock, asks, and releases it", async () => {
    const world = (await applied({}, 900)).answering("yes");
    expect(await run(world, "unlock --env dev")).toBe(0);
    expect(world.printed.join("\n")).toContain('bert on "build-7" (process 99) has run "apply --env dev"');
    expect(world.printed.join("\n")).toContain("Release the lock?");
    expect(lockIn(world)).toMatchObject({ kind: "released", holder: "other" });
    world.lockAge = 0;
    expect(await run(world, "--env dev --yes")).toBe(0);
  });

  test("shows who has joined, and lets them know by their names in it that it was unlocked", async () => {
    const cleo = { ...other, holder: "third", user: "cleo", host: "build-8", pid: 12, layer: "roof" };
    const world = (await applied({ runId: "4711", joined: [cleo] }, 900)).answering("yes");
    expect(await run(world, "unlock --env dev")).toBe(0);
    expect(world.printed.join("\n")).toContain(
      '; it shares the lock with cleo on "build-8" (process 12, at roof, run 20260101T083000Z-0a0a0a0a)',
    );
    expect(lockIn(world)).toMatchObject({ kind: "released", joined: [{ holder: "third" }] });
    world.lockAge = 0;
    expect(await run(world, "--env dev --yes")).toBe(0);
    expect(lockIn(world)).toMatchObject({ kind: "released", joined: [] });
  });

  test("leaves it when declined", async () => {
    const world = (await applied({}, 900)).answering("no");
    expect(await run(world, "unlock --env dev")).toMatchObject({ exitCode: 1 });
    expect(lockIn(world)?.kind).toBe("held");
  });

  test("does not release with --yes what still beats, but does what is stale", async () => {
    const world = await applied({}, 12);
    expect(await run(world, "unlock --env dev --yes")).toMatchObject({ exitCode: 5 });
    expect(lockIn(world)?.kind).toBe("held");
    world.lockAge = 900;
    expect(await run(world, "unlock --env dev --yes")).toBe(0);
    expect(lockIn(world)?.kind).toBe("released");
  });

  test("releases with --yes what a process gone from this machine has left, unless it beats while that is waited for", async () => {
    const world = await applied({ host: "workstation" }, 5);
    const time = new FakeTime(world);
    expect(await run(world, "unlock --env dev --yes")).toBe(0);
    expect(lockIn(world)?.kind).toBe("released");
    expect(time.seconds).toBeGreaterThanOrEqual(40);

    world.cloud.stored.set(object, JSON.stringify({ ...other, host: "workstation" }));
    const beats = { ...other, host: "workstation", beat: 13 };
    world.clock.every(20, () => world.cloud.stored.set(object, JSON.stringify(beats)));
    expect(await run(world, "unlock --env dev --yes")).toBe(5);
    expect(lockIn(world)).toMatchObject({ kind: "held", beat: 13 });
    world.others.add(99);
    expect(await run(world, "unlock --env dev --yes")).toMatchObject({ exitCode: 5 });
  });

  test("does not say that a process is at work which is gone from this machine", async () => {
    const world = (await applied({ host: "workstation" }, 5)).answering("yes");
    expect(await run(world, "unlock --env dev")).toBe(0);
    expect(world.printed.join("\n")).not.toContain("still at work: they");
  });

  test("says that there is nothing to unlock", async () => {
    const world = new FakeWorld();
    expect(await run(world, "unlock --env dev")).toBe(0);
    expect(await run(await applied(), "unlock --env dev")).toBe(0);
    expect(world.printed.join("\n")).toContain("Nothing to unlock: no run has locked dev");
  });

  test("releases what cannot be read, and leaves what has changed meanwhile", async () => {
    const world = (await applied()).answering("yes", "yes");
    world.cloud.stored.set(object, "oops");
    expect(await run(world, "--env dev --yes")).toMatchObject({
      message: expect.stringContaining("cannot be read") as unknown,
      exitCode: 5,
    });
    expect(await run(world, "unlock --env dev")).toBe(0);
    expect(lockIn(world)?.kind).toBe("released");
    world.cloud.stored.set(object, JSON.stringify(other));
    world.terminal.ask = () => {
      world.cloud.stored.set(object, JSON.stringify({ ...other, beat: 13 }));
      return Promise.resolve("yes");
    };
    expect(await run(world, "unlock --env dev")).toBe(5);
    expect(lockIn(world)).toMatchObject({ kind: "held", beat: 13 });
  });
});

test("a rehearsal has a lock among its own files", async () => {
  const world = rehearsing();
  world.cloud.stored.set(object, JSON.stringify(other));
  expect(await run(world, "apply --env dev --rehearse")).toBe(0);
  const path = ".provision/rehearsal/dev/environment.lock";
  expect(readLock(world.texts.get(path) ?? "")?.kind).toBe("released");
  expect(world.cloud.stored.get(object)).toBe(JSON.stringify(other));
  world.texts.set(path, JSON.stringify({ ...other, host: "workstation" }));
  expect(await run(world, "apply --env dev --rehearse")).toBe(0);
});

test("the lock of a rehearsal is written under the same conditions", async () => {
  const world = new FakeWorld();
  const store = lockInFolder({ world, folders: { own: ".provision/rehearsal/dev" } as never });
  expect(await store.read()).toEqual({ kind: "none" });
  expect(await store.create("one")).toEqual({ kind: "written", etag: "one" });
  expect(await store.create("two")).toEqual({ kind: "conflict" });
  expect(await store.replace("two", "zero")).toEqual({ kind: "conflict" });
  expect(await store.replace("two", "one")).toEqual({ kind: "written", etag: "two" });
});
