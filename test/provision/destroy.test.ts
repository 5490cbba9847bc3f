import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Release } from "@cdktf/provider-helm/lib/release";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import type { LayerStack } from "../../lib/layer/stack";
import { FakeWorld } from "./fake-world";
import { rehearseInMemory } from "./rehearsing";
import { commands, run, table } from "./runs";
import { cellar, ground, house } from "./toys";

const again = "npx ts-node scripts/provision.ts destroy --env dev";
const allowed = "--allow-data-loss cellar,house";
let world: FakeWorld;

/** The rest of a layer with one object. */
const plain = {
  summary: "Wood",
  settings: z.strictObject({}),
  outputs: {},
  build(stack: LayerStack) {
    new SecurityGroup(stack, "wood", { name: "wood" });
    return {};
  },
};

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

test("a destroy downloads no charts, so that an outage of their repositories does not block it", async () => {
  const charts = {
    ...{ ...plain, name: "charts", needs: {} },
    build(stack: LayerStack) {
      new HelmProvider(stack, "helm");
      new Release(stack, "wood", { name: "wood", chart: "wood", repository: "https://charts.example.com" });
      return {};
    },
  };
  const layers = inOrder([cellar, ground, defineLayer(charts)]);
  await run(world, "--env dev --yes", layers);
  expect(await run(world, "destroy --env dev --yes --confirm dev --only charts,ground", layers)).toBe(0);
  const plans = world.commands.filter(({ arguments: args }) => args.includes("-destroy"));
  const refreshes = ({ arguments: args }: (typeof plans)[number]) => !args.includes("-refresh=false");
  expect(plans.map((plan) => [plan.folder.split("/").at(-1), refreshes(plan)])).toEqual([
    ["charts", false],
    ["ground", true],
  ]);
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

describe("deletion protection, when the operator is asked,", () => {
  const only = "destroy --env dev --confirm dev --only house,roof";
  const off =
    "  Deletion protection is off for aws_rds_cluster.database; to enable it again, run: npx ts-node scripts/provision.ts --env dev --only house";
  const steps: string[] = [];
  const inHouse = () => steps.filter((step) => step.startsWith("house"));
  const isProtected = () =>
    (world.cloud.stored.get("dev-state/us-west-2/house/dev") ?? "").includes('"deletion_protection":true');

  beforeEach(() => {
    steps.length = 0;
    const { terminal } = world;
    const ask = terminal.ask.bind(terminal);
    Object.assign(terminal, {
      ask: (question: string) => {
        steps.push(`house asks, protected: ${isProtected()}`);
        return ask(question);
      },
    });
    world.before = (command) => {
      if (/ (plan|apply)$/.test(command)) steps.push(command);
    };
  });

  test("is disabled after the plan and the question, and the rest is not asked about again", async () => {
    world.answering("house");
    expect(await run(world, only)).toBe(0);
    expect(inHouse()).toEqual([
      "house plan",
      "house asks, protected: true",
      "house plan",
      "house apply",
      "house plan",
      "house apply",
    ]);
    expect(table(world)).toMatchObject({ house: "destroyed" });
  });

  test("stays on after any other answer", async () => {
    world.answering("quit");
    expect(await run(world, only)).toMatchObject({ message: 'Cannot destroy "house": declined' });
    expect(inHouse()).toEqual(["house plan", "house asks, protected: true"]);
    expect(isProtected()).toBe(true);
    expect(world.printed.join("\n")).not.toContain("Disabled deletion protection");
  });

  test("stays on for the state bucket as well", async () => {
    world.answering("house", "quit");
    expect(await run(world, "destroy --env dev --confirm dev")).toMatchObject({
      message: 'Cannot destroy "cellar": declined',
    });
    expect(steps.filter((step) => step.startsWith("cellar"))).toEqual(["cellar plan"]);
    expect(world.printed.join("\n")).not.toContain("log delivery of aws_s3_bucket.bucket");
  });

  test("is off after the agreed plan has failed, which the run says", async () => {
    let applies = 0;
    world.before = (command) => {
      if (command !== "house apply") return;
      applies += 1;
      if (applies === 2) world.faults.fail.set("aws_rds_cluster.database", "UnauthorizedOperation");
    };
    world.answering("house");
    expect(await run(world, only)).toMatchObject({ exitCode: 1 });
    expect(world.printed).toContain(off);
  });

  test("what the second plan has in addition is asked about", async () => {
    const other = { type: "aws_s3_bucket", name: "logs" };
    world.before = (command) => {
      if (command !== "house apply") return;
      world.before = () => undefined;
      const key = "dev-state/us-west-2/house/dev";
      const state = world.cloud.stored.get(key) ?? "";
      const instances = '"instances":[{"attributes":{"id":"logs"}}]';
      const added = `{"mode":"managed","type":"${other.type}","name":"${other.name}",${instances}}`;
      world.cloud.objects.set("aws_s3_bucket/logs", { type: other.type, id: "logs" });
      world.cloud.stored.set(key, state.replace('"resources":[', `"resources":[${added},`));
    };
    world.answering("house", "quit");
    expect(await run(world, only)).toMatchObject({ message: 'Cannot destroy "house": declined' });
    expect(world.questions).toEqual([
      "Lose the data in 1 object? Enter house to confirm, details or quit:",
      "Lose the data in 2 objects? Enter house to confirm, details or quit:",
    ]);
    expect(world.printed).toContain(off);
  });
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

test("a layer is not destroyed while others need it, all of which are named with the command that destroys them", async () => {
  expect(await run(world, "destroy --env dev --only ground --yes --confirm dev")).toMatchObject({
    message: 'Cannot destroy "ground": "house", "roof" still exist and need it',
    hint: `To destroy all of these, run: ${again} --from ground --yes --confirm dev`,
    exitCode: 4,
  });
  expect(commands(world, "plan")).toEqual([]);
});

test("a layer that needs only what needs it is named as well", async () => {
  const shed = defineLayer({ ...plain, name: "shed", needs: {} });
  const attic = defineLayer({ ...plain, name: "attic", needs: { house } });
  const layers = inOrder([cellar, ground, house, attic, shed]);
  await run(world, "--env dev --yes", layers);
  await run(world, "destroy --env dev --only roof --yes --confirm dev");
  expect(await run(world, "destroy --env dev --only ground", layers)).toMatchObject({
    message: 'Cannot destroy "ground": "house", "attic" still exist and need it',
    hint: `To destroy all of these, run: ${again} --only ground --only house --only attic`,
  });
});

test("one layer that needs another is named alone", async () => {
  await run(world, "destroy --env dev --only roof --yes --confirm dev");
  expect(await run(world, "destroy --env dev --only ground --yes --confirm dev")).toMatchObject({
    message: 'Cannot destroy "ground": "house" still exists and needs it',
    hint: `To destroy all of these, run: ${again} --only ground --only house --yes --confirm dev`,
  });
});

test("the state bucket is not destroyed while another layer stores its state there", async () => {
  expect(
    await run(world, "destroy --env dev --only cellar --yes --confirm dev --allow-data-loss cellar"),
  ).toMatchObject({
    message: 'Cannot destroy "cellar": "ground", "house", "roof" still exist and store their state there',
    hint: `To destroy all of these, run: ${again} --yes --confirm dev --allow-data-loss cellar`,
  });
});

test("the state bucket is not destroyed while it contains objects of other environments", async () => {
  world.cloud.stored.set("dev-state/us-west-2/ground/other", "{}");
  world.cloud.stored.set("dev-state/us-west-2/ground/other.tflock", "{}");
  expect(await run(world, `destroy --env dev --yes --confirm dev ${allowed}`)).toMatchObject({
    message:
      'Cannot destroy "cellar": the bucket "dev-state" also contains "us-west-2/ground/other" and 1 more, which would be lost',
    hint: "Destroy the environments with state in this bucket first; for a shared bucket, set state.existing: true in configs/dev.yaml",
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
    "Destroy these 4 layers of dev? Enter dev to confirm, or quit:",
    "Lose the data in 1 object? Enter house to confirm, details or quit:",
    "Lose the data in 2 objects? Enter cellar to confirm, details or quit:",
  ]);
  expect(world.printed).toContain("  Layers to destroy: cellar, ground, house, roof");
  expect(world.printed).toContain("  aws_rds_cluster.database: deleted; its data will be lost");
});

test("any other name destroys nothing, and the question is asked again", async () => {
  world.answering("prod", "yes", "quit");
  expect(await run(world, "destroy --env dev")).toMatchObject({
    message: 'Cannot destroy "dev": declined',
    hint: `Run: ${again}`,
  });
  expect(world.questions).toHaveLength(3);
  expect(commands(world, "apply")).toEqual([]);
});

test.each([
  [
    "destroy --env dev",
    'Cannot destroy "dev": there is no interactive terminal for approval; nothing was changed',
    `Review the layers to destroy (cellar, ground, house, roof), then run: ${again} --yes --confirm dev`,
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
  [
    "destroy --env dev --yes --confirm dev",
    'Cannot destroy "cellar", "house" without approval: objects that contain data or keys would be lost',
    `If that is intended, run: ${again} --yes --confirm dev --allow-data-loss cellar --allow-data-loss house`,
  ],
])("%s is refused before anything is destroyed", async (commandLine, message, hint) => {
  expect(await run(world, commandLine)).toMatchObject({ message, hint, exitCode: 4 });
  expect(commands(world, "apply")).toEqual([]);
});

test("in a rehearsal, a wrong --confirm is refused as on the real run, and none is needed", async () => {
  rehearseInMemory(world);
  expect(await run(world, "destroy --env dev --rehearse --confirm prod")).toMatchObject({
    message: 'Cannot destroy "dev": --confirm says "prod"',
    hint: `Run: ${again} --rehearse --confirm dev`,
    exitCode: 4,
  });
  expect(world.ran).toEqual([]);
  expect(await run(world, "destroy --env dev --rehearse")).toBe(0);
});
