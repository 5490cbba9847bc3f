import { expect, test } from "vitest";
import type { Command } from "../../scripts/provision/world/index";
import { printedJson } from "../../scripts/provision/run/json";
import { FakeWorld } from "./fake-world";
import { commands, run, table } from "./runs";

const cure =
  'If "terraform" is a wrapper, such as that of the action setup-terraform (terraform_wrapper: false disables it), set TERRAFORM_BINARY_NAME to Terraform itself';
const log = "(log: .provision/logs/dev/2026-01-01T09-00-00/cellar.log)";

test("a wrapper that turns the exit code of changes into 0 is found out", async () => {
  const world = new FakeWorld();
  world.exitCode = (code) => (code === 2 ? 0 : code);
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: `Cannot apply "cellar": its plan has 3 changes, but terraform plan ended with exit code 0, which means that there are none ${log}`,
    hint: cure,
    exitCode: 1,
  });
  expect(commands(world, "apply")).toEqual([]);
});

test("so is one where outputs alone change", async () => {
  const world = new FakeWorld();
  await run(world, "--env dev --yes");
  const key = [...world.cloud.stored.keys()].find((path) => path.endsWith("/ground/dev")) ?? "";
  const state = JSON.parse(world.cloud.stored.get(key) ?? "") as { outputs: object };
  world.cloud.stored.set(key, JSON.stringify({ ...state, outputs: {} }));
  world.exitCode = (code) => (code === 2 ? 0 : code);
  expect(await run(world, "plan --env dev")).toMatchObject({
    message: `Cannot plan "ground": its plan has 1 output to change, but terraform plan ended with exit code 0, which means that there are none ${log.replace("cellar", "ground")}`,
  });
});

test("a plan without a summary is none", async () => {
  const world = new FakeWorld();
  world.wrapper = (called) => (called.endsWith(" plan") ? { code: 0, error: "" } : undefined);
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: `Cannot apply "cellar": terraform plan ended with exit code 0, but without a summary ${log}`,
    hint: cure,
  });
});

test("an apply that has failed is one, whatever its exit code", async () => {
  const world = new FakeWorld();
  world.faults.fail.set("aws_subnet.subnet-us-west-2a", "creating EC2 Subnet: SubnetLimitExceeded");
  world.exitCode = (code) => (code === 1 ? 0 : code);
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: expect.stringContaining("SubnetLimitExceeded") as string,
    exitCode: 1,
  });
  expect(world.printed).toContain(
    `  "terraform apply" has printed an error, and ended with exit code 0. ${cure}`,
  );
  expect(table(world)).toMatchObject({ ground: "failed" });
});

test("an apply without a summary has not ended, and what it began is searched for", async () => {
  const world = new FakeWorld();
  world.wrapper = (called, say) => {
    if (called !== "ground apply") return undefined;
    const resource = { addr: "aws_vpc.vpc", resource_type: "aws_vpc" };
    say(JSON.stringify({ "@message": "", type: "apply_start", hook: { resource, action: "create" } }));
    return { code: 0, error: "" };
  };
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: expect.stringMatching(
      /^Cannot apply "ground": terraform apply ended with exit code 0, but without a summary of what it did \(log: .+\); what it was creating may be in no state$/,
    ) as string,
    exitCode: 8,
  });
});

test.each([
  ["roof state pull", "destroy --env dev --yes --only roof --confirm dev"],
  ["ground init", "plan --env dev --only ground"],
])("%s that has failed is no answer, whatever its exit code", async (command, line) => {
  const world = new FakeWorld();
  expect(await run(world, "--env dev --yes")).toBe(0);
  const before = world.cloud.objects.size;
  world.wrapper = (called) =>
    called === command
      ? { code: 0, error: "\nError: error loading the state\n\nRequestCanceled" }
      : undefined;
  expect(await run(world, line)).toMatchObject({
    message: expect.stringMatching(/^Cannot \w+ "\w+": .*error loading the state/) as string,
    exitCode: 1,
  });
  expect(world.cloud.objects.size).toBe(before);
});

test.each(["stderr", "stdout"])(
  "a bucket that is missing is no bucket, whatever the exit code: %s",
  async (stream) => {
    const world = new FakeWorld();
    let inits = 0;
    world.wrapper = (called, say) => {
      if (called !== "cellar init" || (inits += 1) > 1) return undefined;
      const text =
        '╷\n│ Error: Failed to get existing workspaces: S3 bucket "dev-state" does not exist.\n│\n│ NoSuchBucket\n╵';
      if (stream === "stdout") text.split("\n").forEach(say);
      return { code: 0, error: stream === "stdout" ? "" : text };
    };
    expect(await run(world, "--env dev --yes --only cellar")).toBe(0);
    expect(inits).toBeGreaterThan(1);
    expect(table(world)).toMatchObject({ cellar: "applied" });
    expect(world.printed).toContain(
      `  "terraform init" has printed an error, and ended with exit code 0. ${cure}`,
    );
  },
);

test("lines that a wrapper prints before and after a document are skipped", async () => {
  const world = new FakeWorld();
  world.wrapper = (_, say) => {
    say("[command]/opt/terraform-bin");
    say("WARN: using version 1.11.4");
    return undefined;
  };
  // The version is asked for before anything else.
  const runCommand = world.processes.run.bind(world.processes);
  Object.assign(world.processes, {
    run: async (command: Command) => {
      const finished = await runCommand(command);
      const isVersion = command.arguments[0] === "version";
      return isVersion
        ? { ...finished, stdout: `[command]/opt/terraform-bin\n${finished.stdout}` }
        : finished;
    },
  });
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(new Set(Object.values(table(world)))).toEqual(new Set(["applied"]));
});

test("a program that prints no document is named, without what it prints", async () => {
  const world = new FakeWorld();
  world.wrapper = (called, say) => {
    if (called !== "ground output") return undefined;
    say('{"password": {"value": "s3cret"');
    return { code: 0, error: "" };
  };
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: 'Cannot apply "ground": "terraform output" printed no JSON',
    hint: cure,
  });
  expect(world.printed.join("\n")).not.toContain("s3cret");
});

test.each([
  [127, "", "it ended with exit code 127, without a word"],
  [126, "", "it ended with exit code 126, without a word"],
  [
    126,
    "No version is set for command terraform\nConsider adding one",
    "No version is set for command terraform",
  ],
])(
  "a version manager that ends with %i and %j is not taken for a missing program",
  async (code, error, reason) => {
    const world = new FakeWorld();
    world.wrapper = (called) => (called === "ground plan" ? { code, error } : undefined);
    expect(await run(world, "--env dev --yes")).toMatchObject({
      message: `Cannot run "terraform": ${reason}`,
      exitCode: 4,
    });
  },
);

test.each([126, 127])(
  "one that ends with %i behind an apply that is done is named, with what was done",
  async (code) => {
    const world = new FakeWorld();
    expect(await run(world, "--env dev --yes --only cellar")).toBe(0);
    let at = "";
    world.before = (called) => (at = called);
    world.exitCode = (given) => (at === "ground apply" ? code : given);
    expect(await run(world, "--env dev --yes --only ground")).toMatchObject({
      message: `Cannot apply "ground": terraform apply ended with exit code ${code}, but without an error ${log.replace("cellar", "ground")}`,
      hint: cure,
      exitCode: 1,
    });
    expect(table(world)).toMatchObject({ ground: "failed" });
    expect(world.printed.join("\n")).toMatch(/│ ground +│ failed +│ +4 /);
  },
);

test("one that ends with 127 behind an apply that has failed does not hide why", async () => {
  const world = new FakeWorld();
  world.faults.fail.set("aws_subnet.subnet-us-west-2a", "creating EC2 Subnet: SubnetLimitExceeded");
  world.exitCode = (code) => (code === 1 ? 127 : code);
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: expect.stringContaining("SubnetLimitExceeded") as string,
    exitCode: 1,
  });
});

test("nor that a state could not be saved", async () => {
  const world = new FakeWorld();
  world.wrapper = (called, say) => {
    if (called !== "ground apply") return undefined;
    const text = "Error: Failed to save state";
    const diagnostic = { severity: "error", summary: "Failed to save state", detail: "" };
    say(JSON.stringify({ "@message": text, type: "diagnostic", diagnostic }));
    return { code: 127, error: "" };
  };
  expect(await run(world, "--env dev --yes")).toMatchObject({ exitCode: 8 });
});

test("a program that has gone is not found", async () => {
  const world = new FakeWorld();
  world.wrapper = (called) => {
    if (called !== "ground plan") return undefined;
    world.missing.add("terraform");
    return { code: 127, error: "" };
  };
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: 'Cannot run "terraform": it was not found in PATH',
  });
});

test.each([
  ['{"a": 1}', '{"a": 1}'],
  ["[command]/bin/terraform\n{\n}\n", "{\n}"],
  ['[command]/bin/terraform\n{"a": [\n1]}\n::debug::done\n', '{"a": [\n1]}'],
  ["[not JSON]\n[1]", "[1]"],
  ["text", undefined],
  ["{", undefined],
  ["", undefined],
])("the JSON in %j is %j", (text, json) => {
  expect(printedJson(text)).toBe(json);
});
