import { describe, expect, test } from "vitest";
import type { UserError } from "../../lib/errors";
import { appliedGround, type State } from "./applied";
import { awsError } from "./aws-error";
import { FakeWorld } from "./fake-world";
import { rehearseInMemory } from "./rehearsing";
import { commands, run } from "./runs";

const key = "dev-state/us-west-2/ground/dev";
const recover = "npx ts-node scripts/provision.ts recover --env dev --only ground";
const destroy = "destroy --yes --confirm dev --allow-data-loss cellar --allow-data-loss house";

const stateIn = (world: FakeWorld) => JSON.parse(world.cloud.stored.get(key) ?? "") as State;
const cut = (text: string) => text.slice(0, text.length / 2);

/** Lets AWS refuse an operation. */
function refusing(world: FakeWorld, operation: string, code = "AccessDenied"): void {
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) =>
      given[0].operation === operation ? Promise.reject(awsError(code, "Access Denied")) : send(...given),
  });
}

test.each(["apply --yes", "plan", "outputs", destroy])(
  "%s refuses a state that is cut short",
  async (command) => {
    const { world, text } = await appliedGround();
    world.cloud.stored.set(key, cut(text));
    expect(await run(world, `${command} --env dev`)).toMatchObject({
      message: expect.stringMatching(
        /^Cannot \w+ "ground": its state in the bucket is damaged: the object is not JSON \(\d+ bytes written at 2026-01-01 09:00 UTC\); nothing was changed$/,
      ) as string,
      hint: `To restore an earlier version of its state, run: ${recover}`,
      exitCode: 8,
    });
    expect(commands(world, "apply")).toEqual([]);
  },
);

test.each(["", "null", '{"version":4}'])("a state of %j is not planned", async (text) => {
  const { world } = await appliedGround();
  world.cloud.stored.set(key, text);
  expect(await run(world, "plan --env dev --only ground")).toMatchObject({ exitCode: 8 });
  expect(commands(world, "plan")).toEqual([]);
});

test.each(["apply --yes", "plan", destroy])(
  "%s refuses where a state with objects was deleted",
  async (command) => {
    const { world, state } = await appliedGround();
    world.cloud.stored.delete(key);
    expect(await run(world, `${command} --env dev`)).toMatchObject({
      message: expect.stringContaining(
        `"ground": its state is gone from the bucket, deleted at 2026-01-01 09:00 UTC, and its last version of 2026-01-01 09:00 UTC has ${state.resources.length} objects (serial ${state.serial}): a plan would create all of it once more`,
      ) as string,
      exitCode: 8,
    });
  },
);

test("a layer that reads the outputs of such a layer is refused as well", async () => {
  const { world } = await appliedGround();
  world.cloud.stored.delete(key);
  expect(await run(world, "--env dev --yes --only house")).toMatchObject({
    message: expect.stringContaining('"ground": its state is gone') as string,
    exitCode: 8,
  });
});

test("without versions, the journal in the bucket tells that there was a state", async () => {
  const { world, state } = await appliedGround();
  world.cloud.stored.erase(key);
  expect(await run(world, "plan --env dev --only ground")).toMatchObject({
    message: expect.stringContaining(
      `and run 20260101T090000Z-07070707 of anna left it with serial ${state.serial} at 2026-01-01 09:00 UTC`,
    ) as string,
    exitCode: 8,
  });
  refusing(world, "ListObjectVersions");
  expect(await run(world, "plan --env dev --only ground")).toMatchObject({ exitCode: 8 });
});

test("what was destroyed is planned as new, whether its state is there or not", async () => {
  const { world } = await appliedGround();
  expect(await run(world, `${destroy} --env dev`)).toBe(0);
  world.ran.length = 0;
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(
    await run(world, "destroy --env dev --yes --confirm dev --allow-data-loss house --from ground"),
  ).toBe(0);
  world.cloud.stored.delete(key);
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(stateIn(world).resources).toHaveLength(4);
});

test("S3 that denies what does not exist is as good as one that says so; a denied state is Terraform's to explain", async () => {
  const { world } = await appliedGround();
  refusing(world, "GetObject");
  expect(await run(world, "plan --env dev --only ground")).toBe(0);
});

/** Denies what tells of the state of ground. */
function denyState(world: FakeWorld): void {
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: (...given: Parameters<typeof send>) => {
      const [{ operation, input }] = given;
      const isDenied =
        operation === "ListObjectVersions" ||
        (operation === "GetObject" && JSON.stringify(input).includes("ground/dev"));
      return isDenied ? Promise.reject(awsError("AccessDenied", "Access Denied")) : send(...given);
    },
  });
}

test("a state that may not be read is not gone: only one that the bucket does not list is", async () => {
  const { world } = await appliedGround();
  denyState(world);
  expect(await run(world, "plan --env dev --only ground")).toBe(0);
  world.cloud.stored.erase(key);
  expect(await run(world, "plan --env dev --only ground")).toMatchObject({
    message: expect.stringContaining('"ground": its state is gone from the bucket') as string,
    exitCode: 8,
  });
});

test("recover does not call a state saved that it may not read", async () => {
  const { world } = await appliedGround();
  denyState(world);
  expect(await run(world, "recover --env dev --yes")).toMatchObject({
    message: expect.stringMatching(/^Cannot read the state of "ground": .*Access ?Denied/) as string,
    hint: expect.stringContaining("Use a role that has this permission") as string,
  });
  expect(world.printed.join("\n")).not.toContain("Nothing to recover");
});

test("in a rehearsal, a damaged state is refused, and the rehearsal started over", async () => {
  const { world, text } = await appliedGround();
  rehearseInMemory(world);
  world.cloud.stored.set(key, cut(text));
  for (const command of ["plan", "recover"])
    expect(await run(world, `${command} --env dev --only ground --rehearse`)).toMatchObject({
      hint: `Run: rm -r .provision/rehearsal/dev; then run: npx ts-node scripts/provision.ts ${command} --env dev --rehearse --only ground`,
      exitCode: 8,
    });
});

test.each(["apply --yes", "plan", destroy])(
  "%s refuses an older state than a run has left; recover restores the latest",
  async (command) => {
    const { world, state, text } = await appliedGround();
    // The clock stands still; the names of runs tell their order.
    let runs = 8;
    Object.assign(world, { randomBytes: (count: number) => Buffer.alloc(count, (runs += 1)) });
    const older = { ...state, serial: state.serial - 1, resources: state.resources.slice(1) };
    world.cloud.stored.set(key, JSON.stringify(older));
    expect(await run(world, `${command} --env dev`)).toMatchObject({
      message: expect.stringContaining(
        `"ground": its state in the bucket has serial ${older.serial}, and run 20260101T090000Z-07070707 of anna left it with serial ${state.serial} at 2026-01-01 09:00 UTC: a plan would create once more what it lacks`,
      ) as string,
      hint: `To restore an earlier version of its state, run: ${recover}`,
      exitCode: 8,
    });
    expect(commands(world, "plan")).toEqual([]);
    expect(await run(world.answering("yes"), "recover --env dev --only ground")).toBe(0);
    expect(stateIn(world)).toEqual({ ...(JSON.parse(text) as State), serial: state.serial + 1 });
    expect(await run(world, "plan --env dev --only ground --detailed-exitcode")).toBe(0);
  },
);

test("a state of another lineage, or a later one, is not taken for an older one", async () => {
  const { world, state } = await appliedGround();
  world.cloud.stored.set(key, JSON.stringify({ ...state, serial: 1, lineage: "other" }));
  expect(await run(world, "plan --env dev --only ground")).toBe(0);
  world.cloud.stored.set(key, JSON.stringify({ ...state, serial: state.serial + 1 }));
  expect(await run(world, "plan --env dev --only ground")).toBe(0);
});

test("the newest version that is whole takes the place of a damaged one, after a question", async () => {
  const { world, text, state } = await appliedGround();
  const damaged = cut(text);
  world.cloud.stored.set(key, damaged);
  expect(await run(world.answering("no"), "recover --env dev")).toMatchObject({
    message: 'Cannot recover "ground": declined',
  });
  expect(world.cloud.stored.get(key)).toBe(damaged);
  expect(await run(world.answering("yes"), "recover --env dev")).toBe(0);
  expect(stateIn(world)).toEqual({ ...state, serial: state.serial + 1 });
  const [newest, whole] = world.cloud.stored.versionsOf(key).slice(1);
  expect(world.printed.join("\n")).toContain(
    `Restore version ${whole?.id ?? ""} with ${state.resources.length} objects?`,
  );
  expect(world.printed).toContain(
    `    2026-01-01 09:00 UTC  cannot be restored: the object is not JSON  ${newest?.id ?? ""}`,
  );
  expect(world.printed).toContain(
    `    2026-01-01 09:00 UTC  serial ${state.serial}, ${state.resources.length} objects  ${whole?.id ?? ""}`,
  );
  const [kept = ""] = world.files.list(".provision/dev/recovered");
  expect(world.files.read(`.provision/dev/recovered/${kept}`)).toBe(damaged);
  expect(await run(world, "plan --env dev --detailed-exitcode")).toBe(0);
});

/** Runs a command line that was printed. */
const typed = (world: FakeWorld, line: string) =>
  run(world, line.slice("npx ts-node scripts/provision.ts ".length));

describe("an unsaved state beside a damaged one", () => {
  const path = "cdktf.out/dev/stacks/ground/errored.tfstate";

  /** Where Terraform fails at the damaged state, as the real one does. */
  async function beside(change: Partial<State>) {
    const { world, text, state } = await appliedGround();
    let runs = 8;
    Object.assign(world, { randomBytes: (count: number) => Buffer.alloc(count, (runs += 1)) });
    const damaged = cut(text);
    world.cloud.stored.set(key, damaged);
    const unsaved = { ...state, ...change };
    world.files.write(path, JSON.stringify(unsaved));
    world.wrapper = (called) =>
      called === "ground state pull" && world.cloud.stored.get(key) === damaged
        ? { code: 1, error: "Error: Failed to refresh state: unexpected EOF" }
        : undefined;
    return { world, state, unsaved };
  }

  test("takes its place", async () => {
    const { world, unsaved } = await beside({ serial: 99 });
    expect(await run(world, "--env dev --yes")).toMatchObject({ exitCode: 8 });
    expect(await run(world, "recover --env dev --only ground --yes")).toBe(0);
    expect(stateIn(world)).toEqual(unsaved);
    expect(world.files.read(path)).toBeUndefined();
    expect(world.files.list(".provision/dev/recovered")).toHaveLength(2);
    expect(await run(world, "--env dev --yes")).toBe(0);
  });

  test("stays where it is if it is older, until its file is named, and then searches are due", async () => {
    const { world, state } = await beside({ serial: 1, resources: [] });
    const ended = (await run(world, "recover --env dev --only ground --yes")) as UserError;
    expect(ended).toMatchObject({
      message: `Cannot recover "ground": its state in the bucket is damaged, and the one in ${path} has serial 1, where that state had ${state.serial}`,
      exitCode: 8,
    });
    const [, naming = ""] = /all the same, run: (.*?);/.exec(ended.hint) ?? [];
    expect(await typed(world, naming)).toBe(0);
    expect(stateIn(world)).toMatchObject({ serial: state.serial + 1, resources: [] });
    expect(await run(world, "plan --env dev --only ground")).toMatchObject({ exitCode: 8 });
  });

  test("of another lineage keeps nobody from restoring a version", async () => {
    const { world, state } = await beside({ serial: 99, lineage: "other" });
    expect(await run(world, "recover --env dev --only ground --yes")).toMatchObject({
      hint: `To restore a version of the bucket instead, move that file away, and run: ${recover} --yes`,
      exitCode: 8,
    });
    world.files.remove(path);
    expect(await run(world.answering("yes"), "recover --env dev --only ground")).toBe(0);
    expect(stateIn(world).resources).toEqual(state.resources);
  });

  test("gives way to a version that is named", async () => {
    const { world, state } = await beside({});
    const whole = world.cloud.stored.versionsOf(key)[1]?.id ?? "";
    expect(await run(world, `recover --env dev --only ground --state-version ${whole} --yes`)).toBe(0);
    expect(stateIn(world)).toEqual({ ...state, serial: state.serial + 1 });
  });
});

test("a deleted state is restored without a question from the version that is named", async () => {
  const { world, state } = await appliedGround();
  const [, , older] = world.cloud.stored.versionsOf(key);
  world.cloud.stored.delete(key);
  expect(await run(world, "recover --env dev --yes")).toMatchObject({
    message: 'Cannot recover "ground": no version of its state is chosen; nothing was changed',
    hint: expect.stringMatching(
      /^To restore the newest one that is whole, run: .* --state-version v\d+$/,
    ) as string,
    exitCode: 4,
  });
  expect(await run(world, `recover --env dev --only ground --state-version ${older?.id ?? ""}`)).toBe(0);
  const { resources, serial } = stateIn(world);
  expect(resources.length).toBeLessThan(state.resources.length);
  expect(serial).toBe(state.serial + 1);
  expect(world.printed.join("\n")).toContain(
    `What was created after that version was written is in no state: ${recover}`,
  );
});

test("what a recover without questions names can be run as it is, and is about the same layer", async () => {
  const { world } = await appliedGround();
  const [, older] = world.cloud.stored.versionsOf(key);
  world.cloud.stored.delete(key);
  const restoring = `recover --env dev --yes --only ground --state-version ${older?.id ?? ""}`;
  expect(await run(world, restoring)).toBe(0);
  const [, search = ""] = /is in no state: (.*) searches for it/.exec(world.printed.join("\n")) ?? [];
  expect(search).toBe(`${recover} --yes`);
  expect(await typed(world, search)).toBe(0);
  // Whole again: the plan is that of the layer.
  expect(await run(world, restoring)).toMatchObject({
    hint: "To see what would change, run: npx ts-node scripts/provision.ts plan --env dev --only ground",
  });
});

test("a recover without questions says yes to no empty state", async () => {
  const { world } = await appliedGround();
  world.cloud.stored.erase(key);
  // Another run, with another journal.
  Object.assign(world, { randomBytes: (count: number) => Buffer.alloc(count, 8) });
  const without = await run(world, "recover --env dev --yes --only ground");
  const [, empty = ""] = /begin with an empty state: (.*)$/.exec((without as UserError).hint) ?? [];
  expect(empty).toBe(`${recover} --state-version none`);
  expect(await typed(world, empty)).toMatchObject({
    hint: `Review what exists of it, then run: ${recover} --yes --state-version none`,
    exitCode: 4,
  });
});

test("a version of another lineage, or that is none, is not restored", async () => {
  const { world, text, state } = await appliedGround();
  world.cloud.stored.set(key, text.replace(state.lineage, "other"));
  world.cloud.stored.set(key, text);
  world.cloud.stored.set(key, cut(text));
  const [, , other] = world.cloud.stored.versionsOf(key);
  for (const [version, truth] of [
    [other?.id, "has another lineage than its state had last"],
    ["v0", "the bucket has no version v0 of its state"],
  ])
    expect(
      await run(world, `recover --env dev --only ground --state-version ${version ?? ""}`),
    ).toMatchObject({
      message: expect.stringContaining(truth ?? "") as string,
      exitCode: 8,
    });
  expect(world.cloud.stored.get(key)).toBe(cut(text));
});

test("a state that somebody has written meanwhile is not overwritten", async () => {
  const { world, text } = await appliedGround();
  world.cloud.stored.set(key, cut(text));
  const [, whole] = world.cloud.stored.versionsOf(key);
  const send = world.aws.send.bind(world.aws);
  Object.assign(world.aws, {
    send: async (...given: Parameters<typeof send>) => {
      const output = await send(...given);
      if (given[0].operation === "ListObjectVersions") world.cloud.stored.set(key, text);
      return output;
    },
  });
  expect(
    await run(world, `recover --env dev --only ground --state-version ${whole?.id ?? ""}`),
  ).toMatchObject({
    message: expect.stringContaining(
      'Cannot restore the state of "ground": AWS says "PreconditionFailed',
    ) as string,
  });
  expect(world.cloud.stored.get(key)).toBe(text);
});

test("where nothing can be restored, an empty state is a way on", async () => {
  const { world } = await appliedGround();
  world.cloud.stored.erase(key);
  // Another run, with another journal.
  Object.assign(world, { randomBytes: (count: number) => Buffer.alloc(count, 8) });
  expect(await run(world, "recover --env dev --only ground")).toMatchObject({
    message: 'Cannot recover "ground": the bucket has no version of its state that could be restored',
    hint: expect.stringContaining("--state-version none") as string,
    exitCode: 8,
  });
  expect(await run(world.answering("yes"), "recover --env dev --only ground --state-version none")).toBe(0);
  expect(stateIn(world).resources).toEqual([]);
  Object.assign(world, { randomBytes: (count: number) => Buffer.alloc(count, 9) });
  expect(await run(world, "plan --env dev --only ground")).toMatchObject({
    hint: expect.stringMatching(/ recover --env dev --only ground$/) as string,
    exitCode: 8,
  });
});

test("the layer of the state bucket is not planned by an older state either, before recover has searched", async () => {
  const { world } = await appliedGround();
  const own = "dev-state/us-west-2/cellar/dev";
  const whole = JSON.parse(world.cloud.stored.get(own) ?? "") as State;
  world.cloud.stored.erase(own);
  const early = whole.resources.filter((resource) => !JSON.stringify(resource).includes("aws_kms_alias"));
  world.cloud.stored.set(own, JSON.stringify({ ...whole, serial: 1, resources: early }));
  world.cloud.stored.set(own, "");
  let runs = 8;
  Object.assign(world, { randomBytes: (count: number) => Buffer.alloc(count, (runs += 1)) });
  const recovering = "recover --env dev --only cellar";
  expect(await run(world.answering("yes"), recovering)).toBe(0);
  for (const command of ["plan", "apply --yes"])
    expect(await run(world, `${command} --env dev --only cellar`)).toMatchObject({
      message: expect.stringContaining("restored an older state") as string,
      exitCode: 8,
    });
  expect(await run(world, `${recovering} --yes`)).toBe(0);
  expect(await run(world, "--env dev --yes --only cellar")).toBe(0);
  expect((JSON.parse(world.cloud.stored.get(own) ?? "") as State).resources).toHaveLength(
    whole.resources.length,
  );
});

test("a state that is whole keeps its place", async () => {
  const { world } = await appliedGround();
  expect(await run(world, "recover --env dev --only ground --state-version v1")).toMatchObject({
    message: 'Cannot recover "ground": its state in the bucket is whole, and no version takes its place',
    exitCode: 64,
  });
  expect(await run(world, "recover --env dev --state-version v1")).toMatchObject({
    message: "Cannot recover: --state-version is the state of one layer",
    exitCode: 64,
  });
});
