import { beforeEach, expect, test } from "vitest";
import { FakeWorld } from "./fake-world";
import { commands, run, table } from "./runs";

const again = "npx ts-node scripts/provision.ts destroy --env dev";
const allowed = "--allow-data-loss cellar,house";
let world: FakeWorld;

beforeEach(async () => {
  world = new FakeWorld();
  await run(world, "--env dev --yes");
  world.ran.length = 0;
});

test("destroy runs in reverse order, the layer with the state last, and nothing remains", async () => {
  expect(await run(world, `destroy --env dev --yes --confirm dev ${allowed}`)).toBe(0);
  expect(table(world)).toEqual({
    roof: "destroyed",
    house: "destroyed",
    ground: "destroyed",
    cellar: "destroyed",
  });
  expect(Object.keys(table(world))).toEqual(["roof", "house", "ground", "cellar"]);
  expect([...world.cloud.objects.values()]).toEqual([]);
  expect([...world.cloud.stored.keys()]).toEqual([]);
});

test("a second destroy finds nothing to destroy", async () => {
  const commandLine = `destroy --env dev --yes --confirm dev ${allowed}`;
  await run(world, commandLine);
  expect(await run(world, commandLine)).toBe(0);
  expect(new Set(Object.values(table(world)))).toEqual(new Set(["nothing to destroy"]));
});

test("deletion protection is lifted where it is on, by an update of nothing else", async () => {
  await run(world, `destroy --env dev --yes --confirm dev ${allowed} --only house,roof`);
  const house = world.commands.filter(({ folder }) => folder === ".provision/dev/unprotected/stacks/house");
  const plans = house
    .map(({ arguments: args }) => args.join(" "))
    .filter((commandLine) => commandLine.startsWith("plan"));
  expect(plans).toEqual([
    "plan -json -input=false -detailed-exitcode -target=aws_rds_cluster.database -out=layer.tfplan",
    "plan -json -input=false -detailed-exitcode -destroy -out=layer.tfplan",
  ]);
  expect(world.printed).toContain(
    "  Disabled deletion protection and log delivery of aws_rds_cluster.database",
  );
});

test("lifting protection stops when it would do more than that", async () => {
  world.faults.replace.add("aws_rds_cluster.database");
  expect(await run(world, `destroy --env dev --yes --confirm dev ${allowed}`)).toMatchObject({
    message:
      'Cannot destroy "house": disabling its deletion protection would also change other resources, e.g. "aws_rds_cluster.database"',
    hint: "Apply the layer first, run: npx ts-node scripts/provision.ts --env dev --only house",
    exitCode: 4,
  });
});

test("a layer whose reader still exists is not destroyed", async () => {
  expect(await run(world, "destroy --env dev --only ground --yes --confirm dev")).toMatchObject({
    message: 'Cannot destroy "ground": "house" still exists and reads its outputs',
    hint: `To destroy both, run: ${again} --only ground --only house --yes --confirm dev`,
    exitCode: 4,
  });
  expect(commands(world, "plan")).toEqual([]);
});

test("the state bucket is not destroyed while another layer stores its state there", async () => {
  expect(
    await run(world, "destroy --env dev --only cellar --yes --confirm dev --allow-data-loss cellar"),
  ).toMatchObject({ message: 'Cannot destroy "cellar": "ground" still exists and stores its state there' });
});

test("the state bucket is not destroyed while it contains objects of other environments", async () => {
  world.cloud.stored.set("dev-state/us-west-2/ground/other", "{}");
  world.cloud.stored.set("dev-state/us-west-2/ground/other.tflock", "{}");
  expect(await run(world, `destroy --env dev --yes --confirm dev ${allowed}`)).toMatchObject({
    message:
      'Cannot destroy "cellar": the bucket "dev-state" also contains "us-west-2/ground/other" and 1 more, which would be lost',
    hint: "Destroy the environments with state in this bucket first; for a shared bucket, set state.existing: true in dev",
    exitCode: 4,
  });
  expect(commands(world, "plan")).toEqual([]);
});

test("a bucket with others' states does not keep its other layers from being destroyed", async () => {
  world.cloud.stored.set("dev-state/us-west-2/ground/other", "{}");
  const commandLine = "destroy --env dev --from ground --yes --confirm dev --allow-data-loss house";
  expect(await run(world, commandLine)).toBe(0);
  expect(world.cloud.stored.has("dev-state/us-west-2/ground/other")).toBe(true);
});

test("the operator types the environment's name, then that of each layer that holds data", async () => {
  world.answering("dev", "house", "cellar");
  expect(await run(world, "destroy --env dev")).toBe(0);
  expect(world.questions).toEqual([
    "Destroy cellar, ground, house, roof? Enter dev to confirm:",
    "Data in 1 object will be lost (in red above). Enter house to confirm:",
    "Data in 2 objects will be lost (in red above). Enter cellar to confirm:",
  ]);
});

test("any other name destroys nothing", async () => {
  world.answering("prod");
  expect(await run(world, "destroy --env dev")).toMatchObject({
    message: 'Cannot destroy "dev": declined',
    hint: `Run: ${again}`,
  });
  expect(commands(world, "apply")).toEqual([]);
});

test.each([
  [
    "destroy --env dev",
    'Cannot destroy "dev": there is no interactive terminal for approval; nothing was changed',
    `Review the plan, then run: ${again} --yes`,
  ],
  [
    "destroy --env dev --yes",
    'Cannot destroy "dev" without approval: its name is not confirmed',
    `Run: ${again} --yes --confirm dev`,
  ],
  [
    "destroy --env dev --yes --confirm prod",
    'Cannot destroy "dev": --confirm says "prod"',
    `Run: ${again} --yes --confirm dev`,
  ],
  [
    "destroy --env dev --yes --confirm dev --allow-data-loss cellar",
    'Cannot destroy "house" without approval: objects that contain data or keys would be lost',
    `If that is intended, run: ${again} --yes --confirm dev --allow-data-loss cellar --allow-data-loss house`,
  ],
])("%s is refused before anything is destroyed", async (commandLine, message, hint) => {
  expect(await run(world, commandLine)).toMatchObject({ message, hint, exitCode: 4 });
  expect(commands(world, "apply")).toEqual([]);
});
