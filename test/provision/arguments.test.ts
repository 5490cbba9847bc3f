import { expect, test } from "vitest";
import { readArguments } from "../../scripts/provision/command-line/parse";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";

const help = "Run: npx ts-node scripts/provision.ts --help";

test.each([
  ["", 'required option "--env <name|path>" not specified'],
  ["--env", 'option "--env <name|path>" argument missing'],
  ["--env dev --form vpc", 'unknown option "--form"\n(Did you mean --from?)'],
  [
    "aply --env dev",
    'command-argument value "aply" is invalid for argument "command". Allowed choices are apply, plan, destroy, outputs, export, policy, iam, capacity, restore, tunnel, databases.',
  ],
  ["--env dev --only vpc --from vpc", 'option "--from <layer>" cannot be used with option "--only <layer>"'],
  ["--env dev --confirm dev", '--confirm belongs to "destroy"'],
  ["apply --env dev --detailed-exitcode", '--detailed-exitcode belongs to "plan"'],
  ["plan --env dev --json", '--json belongs to "outputs" and "capacity"'],
  ["--env dev --out here", '--out belongs to "export"'],
  ["iam --env dev --format sarif", '--format belongs to "policy"'],
  ["policy --env dev --from vpc", '"policy" reads every layer: leave out --only, --from and --until'],
  ["iam --env dev --rehearse", '"iam" runs nothing: leave out --rehearse'],
  ["restore --env dev", '"restore" needs --only aurora or --only efs, and neither --from nor --until'],
  [
    "restore --env dev --only aurora,efs",
    '"restore" needs --only aurora or --only efs, and neither --from nor --until',
  ],
  ["restore --env dev --only aurora --rehearse", '"restore" reads real backups: leave out --rehearse'],
  ["plan --env dev --recovery-point arn:x", '--recovery-point belongs to "restore"'],
  ["export --env dev", '"export" needs --out <folder>'],
  ["export --env dev --out out --rehearse", '"export" runs nothing: leave out --rehearse'],
  [
    "export --env dev --out out --only vpc",
    '"export" reads every layer: leave out --only, --from and --until',
  ],
  ["capacity --env dev --rehearse", '"capacity" runs nothing: leave out --rehearse'],
])("%s is no command line", (words, fault) => {
  const read = () => readArguments(words.split(" ").filter((word) => word !== ""));
  expect(read).toThrow(
    expect.objectContaining({ message: `Cannot read the command line: ${fault}`, hint: help }),
  );
});

test("options may stand before or after the command", () => {
  const before = readArguments(["--env", "dev", "plan"]);
  expect(readArguments(["plan", "--env", "dev"])).toEqual(before);
});

test("a rehearsal never asks, and without a command it is a full cycle", () => {
  expect(readArguments(["--env", "dev", "--rehearse"])).toMatchObject({
    request: { command: "apply", fullCycle: true, yes: true },
  });
  expect(readArguments(["apply", "--env", "dev", "--rehearse"])).toMatchObject({
    request: { fullCycle: false },
  });
});

test("--help explains exit codes, logs and Ctrl-C", async () => {
  const world = new FakeWorld();
  expect(await run(world, "--help")).toBe(0);
  const text = world.printed.join("\n");
  expect(text).toContain("Logs: .provision/logs/<environment>/<time>/<layer>.log, readable by you alone.");
  expect(text).toContain("5 state is locked");
  expect(text).toContain("Ctrl-C:");
});

test.each([
  ["--only gruond", 'Cannot select layer "gruond": there is no such layer', "Did you mean ground?"],
  [
    "--from quay",
    'Cannot select layer "quay": there is no such layer',
    "Choose from: cellar, ground, house, roof",
  ],
  [
    "--from roof --until ground",
    'Cannot select layers: "ground" comes before "roof"',
    "The order is: cellar, ground, house, roof",
  ],
])("%s selects nothing", async (words, message, hint) => {
  expect(await run(new FakeWorld(), `--env dev ${words}`)).toMatchObject({ message, hint, exitCode: 4 });
});

test("an environment that does not exist names those that do", async () => {
  const world = new FakeWorld();
  expect(await run(world, "--env dve")).toMatchObject({
    message: 'Cannot read environment "dve": there is no file configs/dve.yaml',
    hint: "Did you mean --env dev?",
    exitCode: 3,
  });
  expect(await run(world, "--env production")).toMatchObject({ hint: "Choose from: dev" });
  expect(await run(world, "--env elsewhere/dev.yaml")).toMatchObject({
    message: 'Cannot read environment "elsewhere/dev.yaml": there is no file elsewhere/dev.yaml',
  });
});

test("a wrong environment file starts nothing", async () => {
  const world = new FakeWorld();
  world.texts.set("configs/dev.yaml", "name: dev\n");
  expect(await run(world, "--env dev --yes")).toMatchObject({ exitCode: 3 });
  expect(world.ran).toEqual([]);
  expect([...world.texts.keys()]).toEqual(["configs/dev.yaml"]);
});
