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

function addresses(resources: readonly object[]): readonly string[] {
  return (resources as readonly (typeof lost)[]).map(({ type, name }) => `${type}.${name}`).toSorted();
}

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
    `ground: the bucket has the same state (serial ${state.serial}); the other one is moved to ${target}`,
  );
  expect([world.cloud.stored.get(key), world.files.read(file)]).toEqual([before, undefined]);
  expect(JSON.parse(world.files.read(target) ?? "")).toEqual(state);
});

test.each([
  [-1, "the bucket has a later state; mine/ground.tfstate stays"],
  [0, "the bucket has the same state (serial N); mine/ground.tfstate stays"],
  [1, "saved the state with serial N and 4 objects; mine/ground.tfstate stays"],
])(
  "a file of the operator's own stays where it is, with a serial that is different by %i",
  async (by, said) => {
    const { world, state } = await appliedGround();
    const own = "mine/ground.tfstate";
    const serial = state.serial + by;
    const text = JSON.stringify({ ...state, serial });
    world.files.write(own, text);
    expect(await run(world, `recover --env dev --only ground --state ${own}`)).toBe(0);
    expect(world.files.read(own)).toBe(text);
    expect(world.printed).toContain(`ground: ${said.replace("N", String(serial))}`);
    expect([...world.texts.keys()].filter((path) => path.includes("/recovered/"))).toEqual([]);
  },
);

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
  expect(await run(world.answering("yes"), "recover --env dev")).toMatchObject({
    message:
      'Cannot finish recovering "ground": 1 object may exist and be in no state, and cannot be imported: aws_instance.lost (i-1), the environment file has it no more',
    hint: "Look for them in the AWS console, and delete those that exist; then run: npx ts-node scripts/provision.ts --env dev",
    exitCode: 8,
  });
  expect(world.printed).toContain(
    `ground: the bucket has a later state (serial ${state.serial}) than ${file} (${older.serial}), without:`,
  );
  expect(world.printed).toContain("  aws_instance.lost (i-1), the environment file has it no more");
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
  expect(await run(world.answering("yes", "no"), "recover --env dev")).toMatchObject({
    message: 'Cannot recover "ground": declined',
  });
  expect(JSON.parse(world.cloud.stored.get(key) ?? "")).toMatchObject({ resources: [] });
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: expect.stringContaining("no state has aws_subnet.subnet-us-west-2a subnet-") as string,
    exitCode: 8,
  });
  expect(await run(world.answering("yes"), "recover --env dev")).toBe(0);
  expect(world.printed).toContain("ground: imported 4 objects");
  const { resources } = JSON.parse(world.cloud.stored.get(key) ?? "") as typeof state;
  expect(addresses(resources)).toEqual(addresses(state.resources));
});

test("--yes alone does not choose between two states; naming the file does, and what the bucket alone had is imported again", async () => {
  const { world, key, state } = await appliedGround();
  const before = world.cloud.stored.get(key);
  world.files.write(file, JSON.stringify({ ...state, serial: state.serial + 9, resources: [] }));
  const hint = `${line} --yes --state ${file}`;
  expect(await run(world, "recover --env dev --yes")).toMatchObject({
    message: `Cannot recover "ground": the state in ${file} lacks 4 objects that the one in the bucket has, and neither is chosen; nothing was changed`,
    hint: `Review the objects above; to replace the state in the bucket, and to search for them, run: ${hint}`,
    exitCode: 8,
  });
  expect(world.cloud.stored.get(key)).toBe(before);
  expect(world.files.read(file)).toBeDefined();
  expect(await run(world, hint.replace(/^.*provision\.ts /, ""))).toBe(0);
  expect(world.printed).toContain("ground: imported 4 objects");
  const { resources } = JSON.parse(world.cloud.stored.get(key) ?? "") as typeof state;
  expect(addresses(resources)).toEqual(addresses(state.resources));
  expect(await run(world, "plan --env dev --detailed-exitcode")).toBe(0);
});

test("what only an older state has is imported as well", async () => {
  const { world, key, state } = await appliedGround();
  world.cloud.stored.set(key, JSON.stringify({ ...state, serial: state.serial + 1, resources: [] }));
  world.files.write(file, JSON.stringify(state));
  expect(await run(world, "recover --env dev --yes")).toBe(0);
  expect(world.printed).toContain("ground: imported 4 objects");
  expect(await run(world, "plan --env dev --detailed-exitcode")).toBe(0);
});

test("an object whose place another one has cannot be imported, which is said", async () => {
  const { world, state } = await appliedGround();
  const known = JSON.stringify(state.resources);
  const [, id = ""] = /"id":"(vpc-\d+)"/.exec(known) ?? [];
  const resources = JSON.parse(known.replace(`"id":"${id}"`, '"id":"vpc-99"')) as object[];
  world.cloud.objects.set("aws_vpc/vpc-99", { type: "aws_vpc", id: "vpc-99" });
  world.files.write(file, JSON.stringify({ ...state, serial: state.serial + 9, resources }));
  expect(await run(world, `recover --env dev --only ground --state ${file} --yes`)).toMatchObject({
    message: `Cannot finish recovering "ground": 1 object may exist and be in no state, and cannot be imported: aws_vpc.vpc (${id}), in its place is vpc-99`,
    exitCode: 8,
  });
});

test("two states with one serial are both kept", async () => {
  const { world, state } = await appliedGround();
  const [first = "", second = ""] = places;
  world.files.write(first, JSON.stringify(state));
  world.files.write(second, JSON.stringify({ ...state, resources: [...state.resources, lost] }));
  await run(world, "recover --env dev --yes");
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
