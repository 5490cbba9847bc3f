import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { rehearsalEnvironment } from "../../scripts/provision/terraform/environment";
import { appliedWorld } from "./applied";
import { FakeWorld } from "./fake-world";
import { commands, run, table } from "./runs";
import { cellar, ground, house, roof } from "./toys";

const log = ".provision/logs/dev/2026-01-01T09-00-00";
const again = "npx ts-node scripts/provision.ts";

test("apply processes every layer in the declared order, each from init to outputs", async () => {
  const world = new FakeWorld();
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(commands(world, "apply")).toEqual(["cellar apply", "ground apply", "house apply", "roof apply"]);
  expect(world.ran.filter((ran) => ran.startsWith("ground"))).toEqual([
    "ground init",
    "ground plan",
    "ground show",
    "ground apply",
    "ground output",
  ]);
});

test("apply without changes plans, and applies nothing", async () => {
  const world = await appliedWorld();
  expect(await run(world, "--env dev")).toBe(0);
  expect(commands(world, "apply")).toEqual([]);
  expect(table(world)).toEqual({
    cellar: "unchanged",
    ground: "unchanged",
    house: "unchanged",
    roof: "unchanged",
  });
});

test("a layer that fails stops the run, and the table distinguishes it from layers that were not run", async () => {
  const world = new FakeWorld();
  world.faults.fail.set("aws_subnet.subnet-us-west-2b", "creating EC2 Subnet: InvalidSubnet.Conflict");
  expect(await run(world, "--env dev --yes")).toMatchObject({
    output: "Error: creating EC2 Subnet: InvalidSubnet.Conflict",
    message: `Cannot apply "ground": terraform apply failed with "creating EC2 Subnet: InvalidSubnet.Conflict" (log: ${log}/ground.log)`,
    hint: `Run: ${again} --env dev --from ground --yes`,
    exitCode: 1,
  });
  expect(table(world)).toEqual({
    cellar: "applied",
    ground: "failed",
    house: "not run because ground failed",
    roof: "not run because ground failed",
  });
});

test("the table counts the changes that a failed apply completed", async () => {
  const world = new FakeWorld();
  world.faults.fail.set("aws_subnet.subnet-us-west-2b", "InvalidSubnet.Conflict");
  await run(world, "--env dev --yes");
  const row = world.printed.find((line) => line.startsWith("│ ground"));
  expect(row?.split("│").map((cell) => cell.trim())).toEqual([
    "",
    "ground",
    "failed",
    "1",
    "0",
    "0",
    "8.0",
    "",
  ]);
});

test("--from continues where a run stopped, without repeating earlier layers", async () => {
  const world = new FakeWorld();
  world.faults.fail.set("aws_vpc.vpc", "VpcLimitExceeded");
  await run(world, "--env dev --yes");
  world.faults.fail.clear();
  world.ran.length = 0;
  expect(await run(world, "--env dev --from ground --yes")).toBe(0);
  expect(commands(world, "apply")).toEqual(["ground apply", "house apply", "roof apply"]);
});

test("--until and --only choose layers in the order of apply", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes --until ground");
  expect(commands(world, "apply")).toEqual(["cellar apply", "ground apply"]);
  world.ran.length = 0;
  await run(world, "--env dev --yes --only roof,house");
  expect(commands(world, "apply")).toEqual(["house apply", "roof apply"]);
});

test("a skipped need that is not applied is refused before anything is planned", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes --only cellar");
  world.ran.length = 0;
  expect(await run(world, "--env dev --yes --from house")).toMatchObject({
    message: 'Cannot apply "house": it reads outputs of "ground", which is not applied',
    hint: `Run: ${again} --env dev --only ground --yes`,
    exitCode: 4,
  });
  expect(world.ran).toEqual(["house init", "ground init", "ground output"]);
  expect(table(world)).toEqual({ house: "refused", roof: "not run because house was refused" });
});

test("several needs that are not applied are named together, with the one command that applies them all", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes --only cellar");
  expect(await run(world, "--env dev --yes --only roof")).toMatchObject({
    message: 'Cannot apply "roof": it reads outputs of "ground", "house", which are not applied',
    hint: `Run: ${again} --env dev --until roof --yes`,
  });
  expect(await run(world, "--env dev --yes --only house,roof")).toMatchObject({
    hint: `Run: ${again} --env dev --only ground --yes`,
  });
  expect(await run(world, "--env dev --yes --from roof")).toMatchObject({
    hint: `Run: ${again} --env dev --yes`,
  });
});

test("a need whose own needs are not applied is applied with them", async () => {
  const world = new FakeWorld();
  const attic = {
    ...roof,
    needs: { house },
    build: () => ({ clusterName: "", entrance: "", issuerUrl: "" }),
  };
  const layers = inOrder([cellar, ground, house, attic]);
  await run(world, "--env dev --yes --only cellar", layers);
  expect(await run(world, "--env dev --yes --only roof", layers)).toMatchObject({
    message: 'Cannot apply "roof": it reads outputs of "house", which is not applied',
    hint: `Run: ${again} --env dev --until roof --yes`,
  });
});

test("what the next apply of a need adds is waited for in a plan, and asked for in an apply", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes --until ground");
  const wider = defineLayer({
    ...ground,
    build(stack, given) {
      const outputs = ground.build(stack, given);
      return { ...outputs, subnetIds: { ...outputs.subnetIds, attic: outputs.vpcId } };
    },
  });
  const shed = defineLayer({
    name: "shed",
    summary: "Reads what is new",
    settings: z.strictObject({}),
    needs: { ground },
    outputs: {},
    build(stack, { from }) {
      new SecurityGroup(stack, "group", { name: from.ground.subnetIds.at("attic") });
      return {};
    },
  });
  const layers = inOrder([cellar, wider, shed]);
  await run(world, "plan --env dev", layers);
  expect(table(world)).toMatchObject({ shed: "waiting for ground" });
  expect(world.printed).toContain(
    "  Waiting for ground, whose next apply adds subnetIds.attic; 1 resource is declared",
  );
  expect(await run(world, "--env dev --yes --only shed", layers)).toMatchObject({
    message:
      'Cannot apply "shed": it reads outputs of "ground", which must be applied first: there is no subnetIds.attic yet',
    hint: `Run: ${again} --env dev --only ground --yes`,
    exitCode: 4,
  });
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  await run(world, "plan --env dev", layers);
  expect(table(world)).toMatchObject({ shed: "unchanged" });
});

test("without a state bucket, the hint is the command that creates it and what the layer needs", async () => {
  const world = new FakeWorld();
  expect(await run(world, "--env dev --yes --only ground")).toMatchObject({
    message: `Cannot apply "ground": the state bucket "dev-state" does not exist (log: ${log}/ground.log)`,
    hint: `Run: ${again} --env dev --until ground --yes`,
    exitCode: 4,
  });
});

test("plan changes nothing, and a layer whose needs are not applied waits for them", async () => {
  const world = new FakeWorld();
  expect(await run(world, "plan --env dev")).toBe(0);
  expect(table(world)).toEqual({
    cellar: "to change",
    ground: "waiting for cellar",
    house: "waiting for cellar",
    roof: "waiting for cellar",
  });
  expect(world.cloud.objects.size).toBe(0);
  expect([...world.texts.keys()].filter((file) => file.includes("bootstrap"))).toEqual([]);
});

test("plan reports the missing need, not the state bucket, once the bucket exists", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes --only cellar");
  await run(world, "plan --env dev");
  expect(table(world)).toEqual({
    cellar: "unchanged",
    ground: "to change",
    house: "waiting for ground",
    roof: "waiting for ground",
  });
});

test("plan --detailed-exitcode distinguishes changes from no changes", async () => {
  const world = new FakeWorld();
  expect(await run(world, "plan --env dev --detailed-exitcode")).toBe(2);
  await run(world, "--env dev --yes");
  expect(await run(world, "plan --env dev --detailed-exitcode")).toBe(0);
});

test("without a terminal and without --yes the run stops before the first change", async () => {
  const world = new FakeWorld();
  expect(await run(world, "--env dev")).toMatchObject({
    message: 'Cannot apply "cellar": there is no interactive terminal for approval; nothing was changed',
    hint: `Review the plan, then run: ${again} --env dev --yes`,
    exitCode: 4,
  });
  expect(world.cloud.objects.size).toBe(0);
});

test("with --yes, replacing the network of other layers needs --allow-data-loss, too", async () => {
  const world = await appliedWorld();
  world.faults.replace.add("aws_vpc.vpc");
  expect(await run(world, "--env dev --yes --only ground")).toMatchObject({
    message: 'Cannot apply "ground" without approval: objects that other layers run in would be lost',
    hint: `If that is intended, run: ${again} --env dev --only ground --yes --allow-data-loss ground`,
    exitCode: 4,
  });
  expect(await run(world, "--env dev --yes --only ground --allow-data-loss ground")).toBe(0);
});

test("with --yes, losing data needs --allow-data-loss and the layer's name", async () => {
  const world = await appliedWorld();
  world.faults.replace.add("aws_rds_cluster.database");
  expect(await run(world, "--env dev --yes --only house --allow-data-loss ground")).toMatchObject({
    message: 'Cannot apply "house" without approval: objects that contain data or keys would be lost',
    hint: `If that is intended, run: ${again} --env dev --only house --yes --allow-data-loss ground --allow-data-loss house`,
    exitCode: 4,
  });
  expect(commands(world, "apply")).toEqual([]);
});

test("the plan that was shown is applied, and its file is deleted afterwards", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes");
  const apply = world.commands.find(({ arguments: [first] }) => first === "apply");
  expect(apply?.arguments).toEqual(["apply", "-json", "-input=false", "layer.tfplan"]);
  expect([...world.texts.keys()].filter((file) => file.endsWith("tfplan"))).toEqual([]);
});

test("a state that changed after the plan is not overwritten", async () => {
  const world = new FakeWorld();
  world.faults.stale.add("ground");
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: `Cannot apply "ground": its state changed after the plan was created (log: ${log}/ground.log)`,
    hint: `To create a new plan, run: ${again} --env dev --from ground --yes`,
    exitCode: 6,
  });
});

test("a locked state names who holds it, since when, and how to free it", async () => {
  const world = await appliedWorld();
  world.faults.locked.add("ground");
  const failure = await run(world, "--env dev");
  expect(failure).toMatchObject({
    message: `Cannot apply "ground": its state is locked by "operator@elsewhere" since 2026-01-01 08:30 UTC (log: ${log}/ground.log)`,
    hint: "Wait until that run ends; if it is no longer running, run: terraform -chdir=cdktf.out/dev/stacks/ground force-unlock 5131a7ed; then run: npx ts-node scripts/provision.ts --env dev --from ground",
    exitCode: 5,
  });
});

test("a lock is freed by the program that the run uses", async () => {
  const world = await appliedWorld();
  world.environment["TERRAFORM_BINARY_NAME"] = "./my tools/tofu";
  world.faults.locked.add("ground");
  expect(await run(world, "--env dev")).toMatchObject({
    hint: expect.stringMatching(
      /run: '[^']*\/my tools\/tofu' -chdir=cdktf\.out\/dev\/stacks\/ground force-unlock 5131a7ed; then run/,
    ) as string,
  });
});

test("outputs that do not match the layer's declaration stop the run", async () => {
  const world = new FakeWorld();
  const create = world.cloud.create.bind(world.cloud);
  world.cloud.create = (type, body) => {
    if (type !== "aws_vpc") return create(type, body);
    world.cloud.objects.set("aws_vpc/nonsense", { type, id: "nonsense" });
    return "nonsense";
  };
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: 'Cannot accept the outputs of "ground": "vpcId" is "nonsense", which does not match /^vpc-/',
    hint: `Correct build() in modules/ground/layer.ts; Terraform's log is ${log}/ground.log`,
  });
});

test("a state that an earlier run could not store is not forked", async () => {
  const world = await appliedWorld();
  world.texts.set("cdktf.out/dev/stacks/ground/errored.tfstate", "{}");
  expect(await run(world, "--env dev --only ground")).toMatchObject({
    message:
      'Cannot apply "ground": an earlier run could not save its state, which is in cdktf.out/dev/stacks/ground/errored.tfstate',
    hint: "Run: npx ts-node scripts/provision.ts recover --env dev --only ground",
    exitCode: 8,
  });
  expect(world.ran).toEqual([]);
});

test.each(["apply --env dev --yes", "plan --env dev", "destroy --env dev --only roof --yes --confirm dev"])(
  "a state of a layer that there is no more, which could not be stored, costs a warning: %s",
  async (commandLine) => {
    const world = await appliedWorld();
    const [kept, unprotected] = ["cdktf.out/dev/stacks/attic", ".provision/dev/unprotected/stacks/shed"];
    for (const folder of [kept, unprotected]) world.texts.set(`${folder}/errored.tfstate`, "{}");
    world.texts.set("cdktf.out/dev/stacks/attic/.terraform/errored.tfstate", "{}");
    expect(await run(world, commandLine)).toBe(0);
    expect(world.printed.filter((line) => line.includes("errored.tfstate"))).toEqual([
      `  "attic" is no layer of this environment any more, and an earlier run could not save its state: ${kept}/errored.tfstate lists what may still exist, and nothing deletes it. Put the layer back, and run: npx ts-node scripts/provision.ts recover --env dev --only attic; or save the state by hand: terraform -chdir=${kept} state push errored.tfstate; or remove the file, if you know that it is obsolete`,
      expect.stringContaining(
        `"shed" is no layer of this environment any more, and an earlier run could not save its state: ${unprotected}/`,
      ),
    ]);
  },
);

test("the outputs of a need that was applied in this run are not read again", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes");
  expect(commands(world, "output")).toEqual([
    "cellar output",
    "ground output",
    "house output",
    "roof output",
  ]);
});

test("outputs prints every layer's, and those that are not applied as such", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes --until ground");
  world.printed.length = 0;
  await run(world, "outputs --env dev --json");
  expect(JSON.parse(world.printed.join("\n"))).toEqual({
    cellar: { bucketName: "dev-state" },
    ground: {
      vpcId: "vpc-5",
      subnetIds: { "us-west-2a": "subnet-2", "us-west-2b": "subnet-3", "us-west-2c": "subnet-4" },
    },
    house: {},
    roof: {},
  });
});

test("the closing summary lists addresses and the commands to connect to the cluster", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes");
  const card = world.printed.slice(world.printed.indexOf("dev is up to date"));
  expect(card).toEqual([
    "dev is up to date",
    "  argocd      https://argocd.dev.example.com",
    `  tunnel      ${again} tunnel --env dev`,
    `  next        ${again} outputs --env dev`,
  ]);
});

test("the closing summary of some layers goes on with the whole environment", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes --until ground");
  expect(world.printed.slice(world.printed.indexOf("dev (cellar, ground) is up to date"))).toEqual([
    "dev (cellar, ground) is up to date",
    `  outputs     ${again} outputs --env dev`,
    "  not run     2 other layers were not part of this run",
    `  next        ${again} plan --env dev`,
  ]);
});

test("--timings separates Terraform's time from provision's own", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes --only cellar --timings t.json");
  const report = JSON.parse(world.texts.get("t.json") ?? "") as Record<string, unknown>;
  expect(report).toMatchObject({ terraformSeconds: 18, totalSeconds: 18 });
  expect(report["commands"]).toContainEqual({ layer: "cellar", command: "state push", seconds: 2 });
});

test("Terraform sees the caller's credentials, and none of the variables that would mix states", async () => {
  const world = new FakeWorld();
  world.environment = {
    ...world.environment,
    TF_WORKSPACE: "x",
    TF_CLI_ARGS_plan: "-lock=false",
    TF_DATA_DIR: "d",
  };
  await run(world, "--env dev --yes --only cellar");
  expect(world.commands[0]?.environment).toEqual({
    PATH: "/bin",
    HOME: "/home/op",
    AWS_PROFILE: "dev",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_WORKSPACE: "default",
    CHECKPOINT_DISABLE: "1",
  });
});

test("a rehearsal hands on what finds Terraform, and nothing that reaches an account or writes a log", () => {
  const own = {
    PATH: "/bin",
    HOME: "/home/op",
    ASDF_DATA_DIR: "/asdf",
    TFENV_ROOT: "/tfenv",
    XDG_CACHE_HOME: "/cache",
  };
  const others = {
    AWS_PROFILE: "prod",
    AWS_ACCESS_KEY_ID: "AKIA",
    TF_LOG: "TRACE",
    TF_WORKSPACE: "x",
    TF_CLI_ARGS: "-lock=false",
  };
  const environment = rehearsalEnvironment(
    { ...own, ...others, SECRET: "x", TFENV_AUTO: undefined },
    { AWS_REGION: "eu-west-1" },
  );
  expect(environment).toEqual({
    ...own,
    AWS_REGION: "eu-west-1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_WORKSPACE: "default",
    CHECKPOINT_DISABLE: "1",
  });
});

test("TERRAFORM_BINARY_NAME chooses the program", async () => {
  const world = new FakeWorld();
  world.environment["TERRAFORM_BINARY_NAME"] = "tofu";
  await run(world, "plan --env dev");
  expect(new Set(world.commands.map(({ program }) => program))).toEqual(new Set(["tofu"]));
  const relative = new FakeWorld();
  relative.environment["TERRAFORM_BINARY_NAME"] = "./my tools/tofu";
  await run(relative, "plan --env dev");
  expect(relative.commands[0]?.program).toBe(relative.files.absolute("./my tools/tofu"));
});

test.each(["1.11.0", "1.11.0-rc1", "1.12.0", "2.0.0"])("Terraform %s is accepted", async (version) => {
  const world = new FakeWorld();
  world.version = version;
  expect(await run(world, "plan --env dev")).toBe(0);
});
