import { expect, test } from "vitest";
import { appliedGround } from "./applied";
import { FakeWorld } from "./fake-world";
import { commands, run } from "./runs";

const line = "npx ts-node scripts/provision.ts recover --env dev --only ground";
const places = ["cdktf.out/dev", ".provision/dev/unprotected"].map(
  (outdir) => `${outdir}/stacks/ground/errored.tfstate`,
);
const [file = ""] = places;
const destroy = "destroy --yes --confirm dev --allow-data-loss cellar --allow-data-loss house";

/** An instance that no state has but the unsaved one. */
const lost = {
  ...{ mode: "managed", type: "aws_instance", name: "lost", provider: 'provider["aws"]' },
  instances: [{ attributes: { id: "i-1" } }],
};

test.each([
  ...["apply", "plan", "outputs", destroy].map((command) => [command, places[0] ?? ""]),
  ...["apply", "plan", "outputs", destroy].map((command) => [command, places[1] ?? ""]),
])("%s refuses while the state in %s is not saved", async (command, place) => {
  const { world, state } = await appliedGround();
  world.files.write(place, JSON.stringify(state));
  expect(await run(world, `${command} --env dev`)).toMatchObject({
    message: expect.stringMatching(
      new RegExp(`^Cannot \\w+ "ground": an earlier run could not save its state, which is in ${place}$`),
    ) as string,
    hint: `Run: ${line}`,
    exitCode: 8,
  });
  expect(commands(world, "apply")).toEqual([]);
});

test("a layer that reads the outputs of such a layer is refused as well", async () => {
  const { world, state } = await appliedGround();
  world.files.write(file, JSON.stringify(state));
  expect(await run(world, "--env dev --yes --only house")).toMatchObject({
    hint: `Run: ${line}`,
    exitCode: 8,
  });
});

test("a later state is saved, and its file removed", async () => {
  const { world, key, state } = await appliedGround();
  const later = { ...state, serial: state.serial + 1, resources: [...state.resources, lost] };
  world.files.write(file, JSON.stringify(later));
  world.cloud.objects.set("aws_instance/i-1", { type: "aws_instance", id: "i-1" });
  expect(await run(world, "recover --env dev")).toBe(0);
  expect(JSON.parse(world.cloud.stored.get(key) ?? "")).toMatchObject({ resources: later.resources });
  expect(world.files.read(file)).toBeUndefined();
  expect(world.printed).toContain(
    `ground: saved the state with serial ${later.serial} and ${later.resources.length} objects; ${file} is removed`,
  );
  expect(await run(world, "plan --env dev --only ground --detailed-exitcode")).toBe(2);
});

test("a state is saved where the bucket has none", async () => {
  const { world, key, state } = await appliedGround();
  world.cloud.stored.delete(key);
  world.files.write("/tmp/provision-1/errored.tfstate", JSON.stringify(state));
  expect(await run(world, "recover --env dev --only ground --state /tmp/provision-1/errored.tfstate")).toBe(
    0,
  );
  expect(JSON.parse(world.cloud.stored.get(key) ?? "")).toMatchObject({ resources: state.resources });
});

test("a state of a first apply, which has no lineage yet, is saved", async () => {
  const { world, key, state } = await appliedGround();
  world.cloud.stored.erase(key);
  for (const name of [...world.cloud.stored.keys()].filter((each) => each.includes("/journal/")))
    world.cloud.stored.erase(name);
  world.files.write(file, JSON.stringify({ ...state, serial: 0, lineage: "" }));
  expect(await run(world, "recover --env dev")).toBe(0);
  expect(world.printed.join("\n")).toContain("ground: saved the state with serial 0");
  expect(JSON.parse(world.cloud.stored.get(key) ?? "")).toMatchObject({ resources: state.resources });
});

test("a state that is no later than the one in the bucket, with the same objects, is moved away", async () => {
  const { world, key, state } = await appliedGround();
  const before = world.cloud.stored.get(key);
  world.files.write(file, JSON.stringify(state));
  expect(await run(world, "recover --env dev")).toBe(0);
  const target = `.provision/dev/recovered/ground-serial-${state.serial}.tfstate`;
  expect(world.printed).toContain(
    `ground: the bucket has a later state; the other one is moved to ${target}`,
  );
  expect([world.cloud.stored.get(key), world.files.read(file)]).toEqual([before, undefined]);
  expect(JSON.parse(world.files.read(target) ?? "")).toEqual(state);
});

test("what only an older state has is listed, and asked for", async () => {
  const { world, state } = await appliedGround();
  const older = { ...state, serial: state.serial - 1, resources: [...state.resources, lost] };
  world.files.write(file, JSON.stringify(older));
  expect(await run(world, "recover --env dev")).toMatchObject({ exitCode: 4 });
  expect(world.files.read(file)).toBeDefined();
  expect(await run(world.answering("no"), "recover --env dev")).toMatchObject({
    message: 'Cannot recover "ground": declined',
  });
  expect(world.files.read(file)).toBeDefined();
  expect(await run(world.answering("yes"), "recover --env dev")).toBe(0);
  expect(world.printed).toContain(
    `ground: the bucket has a later state (serial ${state.serial}) than ${file} (${older.serial}), without:`,
  );
  expect(world.printed).toContain("  aws_instance.lost (i-1)");
  expect(world.files.read(file)).toBeUndefined();
});

test("what only the bucket has is listed, and asked for, before a later state takes its place", async () => {
  const { world, key, state } = await appliedGround();
  const before = world.cloud.stored.get(key);
  world.files.write(file, JSON.stringify({ ...state, serial: state.serial + 9, resources: [] }));
  expect(await run(world, "recover --env dev")).toMatchObject({ exitCode: 4 });
  expect(await run(world.answering("no"), "recover --env dev")).toMatchObject({
    message: 'Cannot recover "ground": declined',
  });
  expect(world.cloud.stored.get(key)).toBe(before);
  expect(world.files.read(file)).toBeDefined();
  expect(world.printed).toContain(
    `ground: ${file} has a later state (serial ${state.serial + 9}) than the bucket (${state.serial}), without:`,
  );
  expect(await run(world.answering("yes"), "recover --env dev")).toBe(0);
  expect(JSON.parse(world.cloud.stored.get(key) ?? "")).toMatchObject({ resources: [] });
});

test("two states with one serial are both kept", async () => {
  const { world, state } = await appliedGround();
  const [first = "", second = ""] = places;
  world.files.write(first, JSON.stringify(state));
  world.files.write(second, JSON.stringify({ ...state, resources: [...state.resources, lost] }));
  expect(await run(world, "recover --env dev --yes")).toBe(0);
  const kept = world.files.list(".provision/dev/recovered");
  const texts = kept.map((name) => world.files.read(`.provision/dev/recovered/${name}`) ?? "");
  expect(texts).toHaveLength(2);
  expect(texts.join("\n")).toContain('"i-1"');
});

test("a state of another lineage is not taken for a version of the one in the bucket", async () => {
  const { world, state } = await appliedGround();
  world.files.write(file, JSON.stringify({ ...state, lineage: "other", serial: 99 }));
  expect(await run(world, "recover --env dev")).toMatchObject({
    message: `Cannot recover "ground": the state in ${file} has another lineage than the one in the bucket, so that one is not a later version of the other`,
    hint: `Compare them: terraform show ${file}, and: terraform -chdir=cdktf.out/dev/stacks/ground show; to keep the one in the bucket, move that file away, and run: ${line}`,
    exitCode: 8,
  });
  expect(world.files.read(file)).toBeDefined();
});

test.each([
  ["recover --env dev --only ground --state cut", "", "the state in cut is not whole"],
  ["recover --env dev --only ground --state gone", "{}", "there is no file gone"],
])("%s with %j is refused", async (command, text, reason) => {
  const { world } = await appliedGround();
  world.files.write(file, text);
  world.files.write("cut", '{"version": 4, "ser');
  expect(await run(world, command)).toMatchObject({
    message: `Cannot recover "ground": ${reason}`,
    hint: `Run: ${line} --state <the file that the earlier run named>`,
    exitCode: 8,
  });
});

test.each([
  ["is empty", "", "it is empty, and removed"],
  ["is cut short", '{"version": 4, "ser', /it is moved to \S+\/recovered\/ground-damaged-\S+\.tfstate\n/],
])(
  "an unsaved state that %s stops nothing for good: what it listed is searched for",
  async (_, text, said) => {
    const { world } = await appliedGround();
    world.files.write(file, text);
    expect(await run(world, "--env dev --yes")).toMatchObject({ hint: `Run: ${line}`, exitCode: 8 });
    expect(await run(world, `recover --env dev --only ground --yes`)).toBe(0);
    expect(world.printed.join("\n")).toMatch(said);
    expect(world.files.read(file)).toBeUndefined();
    expect(world.printed.join("\n")).toMatch(/ground: (?:imported \d|nothing exists)/);
  },
);

test("two states of a layer that are cut short in the same second are both kept", async () => {
  const { world } = await appliedGround();
  for (const place of places) world.files.write(place, `{"version": 4, "of": "${place}`);
  expect(await run(world, "recover --env dev --only ground --yes")).toBe(0);
  const kept = [...world.texts].filter(([path]) => path.includes("/recovered/")).map(([, text]) => text);
  expect(kept).toEqual(places.map((place) => `{"version": 4, "of": "${place}`));
});

test("--state needs its layer", async () => {
  expect(await run(new FakeWorld(), "recover --env dev --state x")).toMatchObject({
    message: "Cannot recover: --state is the state of one layer",
    hint: "Add --only with its layer: npx ts-node scripts/provision.ts recover --env dev --only '<layer>' --state x",
    exitCode: 64,
  });
});

test("nothing to recover is said", async () => {
  const { world } = await appliedGround();
  expect(await run(world, "recover --env dev")).toBe(0);
  expect(world.printed).toContain("Nothing to recover: every state of dev was saved");
  expect(world.ran).toEqual([]);
});
