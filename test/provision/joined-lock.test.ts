import { beforeEach, describe, expect, test } from "vitest";
import { FakeWorld } from "./fake-world";
import { answers, type Job, Jobs } from "./lock-jobs";
import { run } from "./runs";

let jobs: Jobs;
beforeEach(() => (jobs = new Jobs()));

/** Jobs of one pipeline, of which the first one holds the lock and the others have joined. */
async function joined(...users: readonly string[]): Promise<readonly Job[]> {
  const started = users.map((user) => jobs.job(user));
  for (const { lock } of started) await lock.take();
  expect(jobs.members).toBe(users.join(" "));
  return started;
}

/** Whether somebody with another id is refused, and lets go of the lock otherwise. */
async function refused(host?: string): Promise<string | undefined> {
  const { lock } = jobs.job("zoe", { runId: "other", ...(host === undefined ? {} : { host }) });
  try {
    await lock.take();
    await lock.release();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

const lost = "this run has lost the environment's lock";

test("a job that joins is still protected when the one that holds the lock ends while the Terraform of the other works", async () => {
  const first = new FakeWorld();
  expect(await run(first, "--env dev --yes")).toBe(0);
  const [anna, bert, cleo] = [1, 2, 3].map((byte) =>
    Object.assign(new FakeWorld(), {
      cloud: first.cloud,
      self: { pid: 5000 + byte, host: `machine-${byte}`, user: `user-${byte}` },
      randomBytes: (count: number) => Buffer.alloc(count, byte),
    }),
  ) as [FakeWorld, FakeWorld, FakeWorld];
  const ends: Record<string, unknown> = {};
  hold(anna, "ground plan", async () => {
    await new Promise<void>((planning) => {
      hold(bert, "house plan", async () => {
        planning();
        // Until the other run is over.
        await annaEnds;
        ends["while bert works"] = await run(cleo, "apply --env dev --yes");
      });
      ends["bert"] = run(bert, "apply --env dev --yes --only house --run-id 4711");
    });
  });
  const annaEnds = run(anna, "apply --env dev --yes --only ground --run-id 4711");
  expect(await annaEnds).toBe(0);
  expect(await ends["bert"]).toBe(0);
  expect(ends["while bert works"]).toMatchObject({
    message: expect.stringContaining('it is locked: user-2 on "machine-2" (process 5002)') as unknown,
    exitCode: 5,
  });
  expect(await run(cleo, "apply --env dev --yes")).toBe(0);
});

/** Lets a command of Terraform wait for something, once. */
function hold(world: FakeWorld, called: string, until: () => Promise<void>): void {
  const runCommand = world.processes.run.bind(world.processes);
  const [folder = "", command = ""] = called.split(" ");
  let isHeld = false;
  Object.assign(world.processes, {
    run: async (given: Parameters<typeof runCommand>[0]) => {
      if (!isHeld && given.folder.endsWith(folder) && given.arguments[0] === command) {
        isHeld = true;
        await until();
      }
      return runCommand(given);
    },
  });
}

describe("a job that has joined", () => {
  test("is in the list with its layer, which the holder keeps at its renewals", async () => {
    const [anna, bert] = await joined("anna", "bert");
    await bert?.lock.confirm("vpc");
    expect(jobs.members).toBe("anna bert@vpc");
    await anna?.lock.confirm("audit");
    expect(jobs.members).toBe("anna@audit bert@vpc");
    await anna?.beat();
    await anna?.lock.confirm("audit");
    expect(jobs.members).toBe("anna@audit bert@vpc");
    expect(anna?.notes).toEqual([]);
  });

  test("reads once a beat, and writes nothing", async () => {
    const [, bert] = await joined("anna", "bert");
    if (bert) bert.requests.length = 0;
    await bert?.beat();
    await bert?.beat();
    expect(bert?.requests).toEqual(["GetObject", "GetObject"]);
  });

  test("has the lock when the holder ends, renews it, and releases it", async () => {
    const [anna, bert] = await joined("anna", "bert");
    await anna?.lock.release();
    expect(jobs.members).toBe("bert");
    expect(await refused()).toContain('it is locked: bert on "machine-of-bert"');
    await bert?.beat();
    jobs.seconds += 80;
    await bert?.beat();
    jobs.seconds += 80;
    expect(await refused()).toContain("was last heard from 1 min 20 s ago; its run");
    await bert?.lock.release();
    expect(jobs.members).toBe("released");
    expect(await refused()).toBeUndefined();
  });

  test("has it also if it ends before it has noticed", async () => {
    const [anna, bert] = await joined("anna", "bert");
    await anna?.lock.release();
    await bert?.lock.release();
    expect(jobs.members).toBe("released");
  });

  test("leaves the list when it ends first", async () => {
    const [anna, bert] = await joined("anna", "bert");
    await bert?.lock.release();
    expect(jobs.members).toBe("anna");
    expect(await refused()).toContain("it is locked: anna");
    await anna?.lock.release();
    expect(jobs.members).toBe("released");
    expect([...(anna?.notes ?? []), ...(bert?.notes ?? [])]).toEqual([]);
  });

  test("is one of two: they have it one after the other, whoever ends first", async () => {
    const [anna, bert, cleo] = await joined("anna", "bert", "cleo");
    await anna?.lock.release();
    expect(jobs.members).toBe("bert cleo");
    await cleo?.lock.confirm("eks");
    await bert?.lock.release();
    expect(jobs.members).toBe("cleo@eks");
    await cleo?.lock.confirm("lb");
    expect(jobs.members).toBe("cleo@lb");
    await cleo?.lock.release();
    expect(jobs.members).toBe("released");
  });

  test("and is killed gets it, and loses it to one that lives after the time of a lease", async () => {
    const [anna, , cleo] = await joined("anna", "bert", "cleo");
    await anna?.lock.release();
    jobs.seconds += 60;
    await cleo?.beat();
    expect(jobs.members).toBe("bert cleo");
    jobs.seconds += 40;
    expect(await refused()).toContain("though it should be every 30 seconds");
    await cleo?.beat();
    expect(jobs.members).toBe("cleo");
    await cleo?.lock.release();
    expect(jobs.members).toBe("released");
  });

  test("and is killed as the only one leaves a lock that goes stale, for a job of the same id or for unlock", async () => {
    const [anna] = await joined("anna", "bert");
    await anna?.lock.release();
    jobs.seconds += 100;
    expect(await refused()).toContain("though it should be every 30 seconds");
    const dora = jobs.job("dora");
    await dora.lock.take();
    await dora.lock.release();
    expect(jobs.members).toBe("released");
  });

  test("takes over from a holder that is killed, with the others of the list; one that wakes up joins again", async () => {
    const [anna, bert, cleo] = await joined("anna", "bert", "cleo");
    jobs.seconds += 100;
    await bert?.beat();
    expect(jobs.members).toBe("bert cleo");
    await cleo?.beat();
    await anna?.lock.confirm("kms");
    expect(jobs.members).toBe("bert cleo anna@kms");
    await anna?.lock.release();
    expect(jobs.members).toBe("bert cleo");
  });

  test.each([
    ["is unlocked", { kind: "released" }, "somebody has unlocked it"],
    ["is somebody else's", { runId: "other", user: "zoe", holder: "zoe", joined: [] }, "now zoe"],
    [
      "is free again after somebody else had it",
      { kind: "released", runId: "other", holder: "zoe", joined: [] },
      "",
    ],
  ])("stops before its next change if the lock %s", async (_, change, says) => {
    const [anna, bert] = await joined("anna", "bert");
    jobs.replaceLock(change);
    const before = JSON.stringify(jobs.stored);
    await bert?.beat();
    expect(bert?.notes).toEqual([expect.stringContaining(`${lost}, ${says}`)]);
    await expect(bert?.lock.confirm("vpc")).rejects.toThrow(lost);
    await expect(anna?.lock.confirm("vpc")).rejects.toThrow(lost);
    await bert?.lock.release();
    expect(JSON.stringify(jobs.stored)).toBe(before);
  });

  test("takes what an earlier version has released, and joins again what it has renewed without the list", async () => {
    const [, bert] = await joined("anna", "bert");
    jobs.replaceLock({ joined: [], beat: 40 });
    await bert?.beat();
    expect(jobs.members).toBe("anna bert");
    jobs.replaceLock({ joined: [], kind: "released" });
    await bert?.beat();
    expect(jobs.members).toBe("bert");
  });

  test("stops if the lock cannot be read, and says after a while that it was not", async () => {
    const [, bert] = await joined("anna", "bert");
    if (bert) bert.around = () => Promise.reject(answers.none());
    await expect(bert?.lock.confirm("vpc")).rejects.toThrow("Cannot lock the environment");
    jobs.seconds += 100;
    await bert?.beat();
    expect(bert?.notes).toEqual([
      "The environment's lock was not reached for 100 s: AWS did not answer in time",
    ]);
  });
});

describe("at the same moment", () => {
  /** Does something between a job's reading of the lock and its next write. */
  function beforeWrite(job: Job | undefined, act: () => Promise<unknown> | undefined): void {
    if (job === undefined) return;
    job.around = async (operation, send) => {
      if (operation === "PutObject") {
        job.around = (_, rest) => rest();
        await act();
      }
      return send();
    };
  }

  test("a job joins and the holder ends: it has the lock", async () => {
    const [anna] = await joined("anna");
    const bert = jobs.job("bert");
    beforeWrite(anna, () => bert.lock.take());
    await anna?.lock.release();
    expect(jobs.members).toBe("bert");
    await bert.lock.release();
    expect(jobs.members).toBe("released");
  });

  test("a job changes its layer and the holder ends, in both orders", async () => {
    const [anna, bert, cleo] = await joined("anna", "bert", "cleo");
    beforeWrite(anna, () => bert?.lock.confirm("vpc"));
    await anna?.lock.release();
    expect(jobs.members).toBe("bert@vpc cleo");
    beforeWrite(cleo, () => bert?.lock.release());
    await cleo?.lock.confirm("eks");
    expect(jobs.members).toBe("cleo@eks");
  });

  test("a job leaves and the holder ends, in both orders", async () => {
    const [anna, bert, cleo] = await joined("anna", "bert", "cleo");
    beforeWrite(anna, () => bert?.lock.release());
    await anna?.lock.release();
    expect(jobs.members).toBe("cleo");
    const dora = jobs.job("dora");
    await dora.lock.take();
    beforeWrite(dora, () => cleo?.lock.release());
    await dora.lock.release();
    expect(jobs.members).toBe("released");
  });

  test("the holder renews and another joins: nothing is lost", async () => {
    const [anna] = await joined("anna");
    const bert = jobs.job("bert");
    beforeWrite(anna, () => bert.lock.take());
    await anna?.lock.confirm("audit");
    expect(jobs.members).toBe("anna@audit bert");
  });
});

describe("where an answer is lost though the lock was written", () => {
  function loseAnswer(job: Job, error: () => Error): void {
    job.around = async (operation, send) => {
      const answer = await send();
      if (operation !== "PutObject") return answer;
      job.around = (_, rest) => rest();
      throw error();
    };
  }

  /** Without the request by which it would be created. */
  const onJoin = (job: Job, error: () => Error) => {
    job.around = async (_, send) => {
      const answer = await send().finally(() => {
        loseAnswer(job, error);
      });
      return answer;
    };
  };

  test("a job joins once, and leaves as ever", async () => {
    const [anna] = await joined("anna");
    const bert = jobs.job("bert");
    onJoin(bert, answers.ofSecondAttempt);
    await bert.lock.take();
    expect(jobs.members).toBe("anna bert");
    await bert.lock.release();
    await anna?.lock.release();
    expect(jobs.members).toBe("released");
  });

  test("a job that was told nothing does not begin, and leaves the list", async () => {
    await joined("anna");
    const bert = jobs.job("bert");
    onJoin(bert, answers.none);
    await expect(bert.lock.take()).rejects.toThrow("Cannot lock the environment");
    expect(jobs.members).toBe("anna bert");
    await bert.lock.release();
    expect(jobs.members).toBe("anna");
  });

  test.each(Object.entries(answers))("(%s) the holder hands it over once", async (_, error) => {
    const [anna, bert] = await joined("anna", "bert", "cleo");
    if (anna) loseAnswer(anna, error);
    await anna?.lock.release();
    expect(jobs.members).toBe("bert cleo");
    expect(anna?.notes.join()).not.toContain("Cannot");
    await bert?.lock.confirm();
    expect(jobs.members).toBe("bert cleo");
  });

  test.each(Object.entries(answers))("(%s) a job leaves once", async (_, error) => {
    const [, bert] = await joined("anna", "bert");
    if (bert) loseAnswer(bert, error);
    await bert?.lock.release();
    expect(jobs.members).toBe("anna");
    expect(bert?.notes.join()).not.toContain("Cannot");
  });
});

test("a job that cannot leave says what to do if nobody can begin", async () => {
  const [, bert] = await joined("anna", "bert");
  if (bert) bert.around = () => Promise.reject(answers.none());
  await bert?.lock.release();
  expect(bert?.notes.at(-1)).toMatch(
    /^Cannot take this run out of the environment's lock: AWS did not answer in time; if no other run can begin when the runs with its id are over, run: .* unlock --env dev$/,
  );
});

test("a job gives up leaving where others change the lock all the time", async () => {
  const [, bert] = await joined("anna", "bert");
  if (bert)
    bert.around = (operation, send) =>
      operation === "PutObject" ? Promise.reject(answers.ofSecondAttempt()) : send();
  await bert?.lock.release();
  expect(bert?.notes.at(-1)).toContain("other runs change it all the time");
});

test("a holder whose writes are refused for a while, as if others changed the lock, releases it afterwards", async () => {
  const [anna] = await joined("anna");
  let refused = 0;
  if (anna)
    anna.around = (operation, send) =>
      operation === "PutObject" && (refused += 1) < 12 ? Promise.reject(answers.ofSecondAttempt()) : send();
  await anna?.lock.release();
  expect(refused).toBeGreaterThan(10);
  expect(anna?.notes).toHaveLength(1);
  expect(jobs.stored?.kind).toBe("released");
});

describe("on the machine of a holder that was killed, a run with another id", () => {
  test("waits for those that have joined elsewhere", async () => {
    await joined("anna", "bert");
    jobs.seconds += 1000;
    expect(await refused("machine-of-anna")).toMatch(
      /anna on "machine-of-anna" .* shares the lock with bert on "machine-of-bert" \(process 1002, run run-of-bert\)/,
    );
  });

  test("takes over once those that have joined are gone from there, too, and one of them would have done so", async () => {
    for (const user of ["anna", "bert"]) await jobs.job(user, { host: "runner" }).lock.take();
    jobs.seconds += 100;
    expect(await refused("runner")).toContain("it is locked: anna");
    jobs.seconds += 40;
    expect(await refused("runner")).toBeUndefined();
    expect(jobs.members).toBe("released");
  });
});

test("the lock of a rehearsal has the same list, and does not wait for a process that is gone", async () => {
  const rehearse = new FakeWorld();
  const [anna, bert] = ["anna", "bert"].map((user) => jobs.job(user, { rehearse, host: "here" }));
  rehearse.others.add(1001).add(1002);
  const members = () =>
    JSON.parse(rehearse.texts.get(".provision/rehearsal/dev/environment.lock") ?? "") as {
      readonly user: string;
      readonly kind: string;
      readonly joined: readonly { readonly user: string }[];
    };
  await anna?.lock.take();
  await bert?.lock.take();
  expect(members()).toMatchObject({ user: "anna", joined: [{ user: "bert" }] });
  rehearse.others.delete(1001);
  await bert?.lock.confirm("vpc");
  expect(members()).toMatchObject({ user: "bert", joined: [] });
  await bert?.lock.release();
  expect(members()).toMatchObject({ kind: "released" });
});
