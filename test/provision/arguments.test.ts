import { expect, test } from "vitest";
import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { flagOf, optionsOf } from "../../scripts/provision/command-line/common-options";
import { readArguments } from "../../scripts/provision/command-line/parse";
import { commandLine, type Request } from "../../scripts/provision/command-line/request";
import { commands } from "../../scripts/provision/commands/index";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar } from "./toys";

const start = "npx ts-node scripts/provision.ts";
/** Every option that takes a value, by its command. */
const valued = commands.flatMap((command) =>
  Object.values(optionsOf(command))
    .filter(({ kind }) => kind !== "flag")
    .map(({ flags }) => [command.name, flags] as const),
);

/** The commands that have an option, as a message lists them. */
function owners(flag: string): string {
  return commands
    .filter((command) => Object.values(optionsOf(command)).some((option) => flagOf(option) === flag))
    .map(({ name }) => name)
    .join(", ");
}

function read(line: string): Request {
  const reading = readArguments(commands, split(line));
  if ("text" in reading) throw new Error(`"${line}" prints a text`);
  return reading.request;
}

function split(line: string): string[] {
  return line.split(" ").filter((word) => word !== "");
}

async function printed(line: string): Promise<string> {
  const world = new FakeWorld();
  expect(await run(world, line)).toBe(0);
  return world.printed.join("\n");
}

test.each([
  ["", 'required option "--env <name|path>" not specified'],
  ["--env", 'option "--env <name|path>" has no value'],
  ["--env --yes", 'option "--env <name|path>" has no value'],
  ["--env dev --env prod", 'option "--env <name|path>" is given twice'],
  ["--env dev --yes=true", 'option "--yes" takes no value'],
  ["--env dev --only vpc --from vpc", 'option "--from <layer>" cannot be used with option "--only <layer>"'],
  ["--env=", 'option "--env <name|path>" has an empty value'],
  ["--env dev --only=", 'option "--only <layer>" has an empty value'],
  ["--env dev --only vpc,,eks", 'option "--only <layer>" has an empty value'],
  ["--env dev --timings=", 'option "--timings <file>" has an empty value'],
  ["--env dev -x", 'unknown option "-x"'],
  ["prune --env dev", 'unknown command "prune"'],
])('"%s" is refused with a hint at --help', (line, fault) => {
  expect(() => read(line)).toThrow(
    expect.objectContaining({
      message: `Cannot read the command line: ${fault}`,
      hint: `Run: ${start} --help`,
      exitCode: 64,
    }),
  );
});

test.each(valued)("%s: an empty value of %s is refused", (command, flags) => {
  const flag = flagOf({ flags });
  for (const value of ["", " "])
    for (const args of [[flag, value], [`${flag}=${value}`]])
      expect(() => readArguments(commands, [command, ...args])).toThrow(
        expect.objectContaining({
          message: `Cannot read the command line: option "${flags}" has an empty value`,
          hint: `Run: ${start} ${command} --help`,
          exitCode: 64,
        }),
      );
});

test.each([
  ["apply --env dev --confirm dev", '"apply" has no option "--confirm", which belongs to: destroy'],
  ["plan apply --env dev", 'unexpected argument "apply" after "plan"'],
  [
    "apply --env dev --detailed-exitcode",
    '"apply" has no option "--detailed-exitcode", which belongs to: plan',
  ],
  ["apply --env dev --json", `"apply" has no option "--json", which belongs to: ${owners("--json")}`],
  [
    "plan --env dev --recovery-point arn:x",
    '"plan" has no option "--recovery-point", which belongs to: restore',
  ],
  ["apply --env dev --out here", `"apply" has no option "--out", which belongs to: ${owners("--out")}`],
  ["policy --env dev --from vpc", `"policy" has no option "--from", which belongs to: ${owners("--from")}`],
  ["iam --env dev --rehearse", `"iam" has no option "--rehearse", which belongs to: ${owners("--rehearse")}`],
  [
    "iam --env dev --format sarif",
    'option "--format <format>" argument "sarif" is invalid. Allowed choices are json',
  ],
  [
    "policy --env dev --format xml",
    'option "--format <format>" argument "xml" is invalid. Allowed choices are table, json, sarif',
  ],
  [
    "policy --env dev --format table --json",
    'option "--json" cannot be used with option "--format <format>"',
  ],
  [
    "databases --env dev --only aurora",
    `"databases" has no option "--only", which belongs to: ${owners("--only")}`,
  ],
  ["plan --env dev --yes", `"plan" has no option "--yes", which belongs to: ${owners("--yes")}`],
  ["tunnel --env dev --yes", `"tunnel" has no option "--yes", which belongs to: ${owners("--yes")}`],
  ["iam --env dev --timings t", `"iam" has no option "--timings", which belongs to: ${owners("--timings")}`],
  [
    "restore --env dev --only aurora --rehearse",
    `"restore" has no option "--rehearse", which belongs to: ${owners("--rehearse")}`,
  ],
  ["verify-gitops --env dev", 'required option "--emf <folder>" not specified'],
])("%s is refused with a hint at the help of its command", (line, fault) => {
  const [word = ""] = line.split(" ");
  expect(() => read(line)).toThrow(
    expect.objectContaining({
      message: `Cannot read the command line: ${fault}`,
      hint: `Run: ${start} ${word} --help`,
      exitCode: 64,
    }),
  );
});

test.each([
  ["aply --env dev", 'unknown command "aply"', "apply"],
  ["helpp", 'unknown command "helpp"', "help"],
  ["help restor", 'unknown command "restor"', "restore"],
  ["--env dev --form vpc", 'unknown option "--form"', "--from"],
  ["plan --env dev --detailed-exit-code", 'unknown option "--detailed-exit-code"', "--detailed-exitcode"],
])("%s names what was probably meant", (line, fault, meant) => {
  expect(() => read(line)).toThrow(
    expect.objectContaining({
      message: `Cannot read the command line: ${fault}`,
      hint: `Did you mean ${meant}?`,
      exitCode: 64,
    }),
  );
});

test.each([
  ["--env dev", { command: "apply", env: "dev", rehearse: false, yes: false }],
  ["apply --env dev", { command: "apply" }],
  ["--env dev apply", { command: "apply" }],
  ["--env=dev plan", { command: "plan", env: "dev" }],
  ["--env dev -- plan", { command: "plan", env: "dev" }],
  ["--env plan plan", { command: "plan", env: "plan" }],
  ["--env configs/dev.yaml", { env: "configs/dev.yaml" }],
  ["--only vpc,eks plan --env dev --only kms", { command: "plan", only: ["vpc", "eks", "kms"] }],
  ["--env dev --only vpc", { command: "apply", only: ["vpc"] }],
  ["--env dev --from vpc --until eks", { from: "vpc", until: "eks" }],
  ["--out x export --env dev", { command: "export", out: "x" }],
  ["plan --env dev --timings t.json", { command: "plan", yes: false, timings: "t.json" }],
  ["--env dev --rehearse --yes", { command: "rehearse", yes: true }],
  ["--env dev --yes --yes", { command: "apply", yes: true }],
  ["plan --env dev --detailed-exitcode", { detailedExitcode: true }],
  [
    "destroy --env dev --yes --confirm dev --allow-data-loss aurora,efs",
    { command: "destroy", yes: true, confirm: "dev", allowDataLoss: ["aurora", "efs"] },
  ],
  ["--env dev --adopt-state-bucket", { command: "apply", adoptStateBucket: true }],
  ["outputs --env dev", { format: "table" }],
  ["outputs --env dev --json", { format: "json" }],
  ["outputs --env dev --format json", { format: "json" }],
  ["capacity --env dev --json", { format: "json" }],
  ["policy --env dev --json", { format: "json" }],
  ["policy --env dev --format sarif", { format: "sarif" }],
  ["iam --env dev", { format: "json" }],
  ["iam --env dev --json", { format: "json" }],
  ["restore --env dev --only aurora --recovery-point arn:x", { recoveryPoint: "arn:x", only: ["aurora"] }],
  ["tunnel --env dev", { command: "tunnel", only: [] }],
  ["--env dev --rehearse", { command: "rehearse", rehearse: true, yes: true }],
  ["--env dev --rehearse --only vpc", { command: "rehearse", only: ["vpc"] }],
  ["rehearse --env dev", { command: "rehearse", rehearse: true, yes: true }],
  ["apply --env dev --rehearse", { command: "apply", rehearse: true, yes: true }],
  ["outputs --env dev --rehearse", { command: "outputs", rehearse: true }],
])("%s is understood", (line, request) => {
  expect(read(line)).toMatchObject(request);
});

test("options can precede or follow the command", () => {
  expect(read("--env dev --only vpc plan")).toEqual(read("plan --env dev --only vpc"));
});

const examples = commands.flatMap(({ name, examples }) => examples.map(([args]) => [name, args] as const));

test.each(examples)("%s: the example %s is understood", (name, example) => {
  expect(read(example.replace(/ [>|] .*/, ""))).toMatchObject({ command: name });
});

test.each([
  "--env dev --from vpc --yes --allow-data-loss aurora --allow-data-loss efs --adopt-state-bucket --timings t.json",
  "plan --env dev --detailed-exitcode",
  "destroy --env dev --only vpc --yes --confirm dev",
  "--env dev --rehearse --only vpc",
  "apply --env dev --rehearse",
  "outputs --env dev --format json",
  "policy --env dev --format sarif",
  "restore --env dev --only efs --recovery-point arn:x",
  "--env=-dev.yaml --timings=--t.json",
  "export --env dev --out=-x",
])("%s is repeated word for word", (line) => {
  expect(commandLine(read(line))).toBe(`${start} ${line}`);
});

test("a line for another command keeps the environment and the simulation only", () => {
  const request = read("destroy --env dev --rehearse --from vpc --confirm dev --timings t.json");
  expect(commandLine(request, { command: "apply", only: ["vpc"] })).toBe(
    `${start} apply --env dev --rehearse --only vpc`,
  );
  expect(commandLine(request, { command: "policy" })).toBe(`${start} policy --env dev`);
});

test("a value that a shell would change is quoted", () => {
  expect(commandLine(read("--env dev"), { env: "it's mine/dev.yaml" })).toBe(
    `${start} --env 'it'\\''s mine/dev.yaml'`,
  );
  expect(commandLine(read("--env dev"), { env: "-my dev.yaml" })).toBe(`${start} --env='-my dev.yaml'`);
});

test("a line for a command that does not exist is a bug", () => {
  expect(() => commandLine(read("--env dev"), { command: "prune" })).toThrow('there is no command "prune"');
});

test.each(commands)("the handler of $name loads", async (command) => {
  expect(await command.load()).toMatchObject({ handle: expect.any(Function) });
});

test("--help lists every command, and the facts of every run", async () => {
  const text = await printed("--help");
  for (const { name, summary } of commands) {
    expect(text).toContain(`\n  ${name} `);
    expect(text.replaceAll(/\s+/g, " ")).toContain(summary);
  }
  expect(text).toContain("Logs: .provision/logs/<environment>/<time>/<layer>.log, readable by you alone.");
  expect(text).toContain("   5  the state or the environment is locked by another run");
  expect(text).toContain("  64  the command line is invalid");
  expect(text).toContain("Ctrl-C:");
});

test("the help of a command lists only its own options, examples and exit codes", async () => {
  const text = await printed("restore --help");
  expect(text).toContain("--recovery-point <arn>");
  expect(text).toContain(`${start} restore --env prod --only aurora`);
  expect(text).not.toContain("--rehearse");
  expect(await printed("plan --help")).toContain("   2  with --detailed-exitcode: there are changes");
});

test("the usage of a command shows whether it needs an environment", async () => {
  expect(await printed("plan --help")).toContain("provision plan --env <name|path> [options]");
  expect(await printed("validate --help")).toContain("provision validate [--env <name|path>] [options]");
});

test.each(["help restore", "restore -h", "--env dev restore --help"])(
  "%s prints the help of restore",
  async (line) => {
    expect(await printed(line)).toBe(await printed("restore --help"));
  },
);

test.each(["-h", "help", "help help", "help --help", "--env dev --help"])(
  "%s prints the help of all",
  async (line) => {
    expect(await printed(line)).toBe(await printed("--help"));
  },
);

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
])("%s selects nothing", async (selection, message, hint) => {
  expect(await run(new FakeWorld(), `--env dev ${selection}`)).toMatchObject({ message, hint, exitCode: 64 });
});

const init = "npx ts-node scripts/provision.ts init --env";

test.each([
  ["prod", `Run: ${init} prod`],
  ["dve", `Did you mean --env dev? To create "dve", run: ${init} dve`],
  ["stage", "Rename configs/stage.yml to stage.yaml"],
  ["$HOME", "Specify the name of an environment, or the path of its file"],
])("--env %s without a file lists the environments that exist, and how to create it", async (name, hint) => {
  const world = new FakeWorld();
  for (const path of ["example.yaml", "stage.yml", "team/prod.yaml", "tls/server.key"])
    world.texts.set(`configs/${path}`, "");
  expect(await run(world, `--env ${name}`)).toMatchObject({
    message: `Cannot read environment "${name}": there is no file configs/${name}.yaml; there are: dev, example`,
    hint,
    exitCode: 3,
  });
});

test("restore names the layers that it takes", async () => {
  const keeping = defineLayer({
    ...{ name: "barn", summary: "Data", settings: z.strictObject({}), needs: {}, outputs: {} },
    restore: () => Promise.reject(new Error("nothing to restore")),
    build: () => ({}),
  });
  expect(await run(new FakeWorld(), "restore --env dev", [cellar, keeping])).toMatchObject({
    message: "Cannot restore: no layer is selected",
    hint: "Add --only with one of: barn",
    exitCode: 64,
  });
});

test("an option without effect is accepted by no command", () => {
  const having = (flag: string) => owners(flag).split(", ");
  expect(having("--yes")).toEqual(commands.filter(({ uses }) => uses.asks).map(({ name }) => name));
  expect(having("--timings")).toEqual(commands.filter(({ uses }) => uses.terraform).map(({ name }) => name));
});

test("--env without a file in an empty folder", async () => {
  const world = new FakeWorld();
  world.texts.clear();
  expect(await run(world, "--env prod")).toMatchObject({
    message: 'Cannot read environment "prod": the current folder has no configs/',
    hint: `Change to the folder that has it; or run, to create it here: ${init} prod`,
  });
});

test("--env with a path to no file", async () => {
  expect(await run(new FakeWorld(), "--env elsewhere/dev.yaml")).toMatchObject({
    message:
      'Cannot read environment "elsewhere/dev.yaml": there is no file elsewhere/dev.yaml; there are: dev',
    hint: "Correct the path: it starts from the current folder",
  });
});

test("a wrong environment file starts nothing", async () => {
  const world = new FakeWorld();
  world.texts.set("configs/dev.yaml", "name: dev\n");
  expect(await run(world, "--env dev --yes")).toMatchObject({ exitCode: 3 });
  expect(world.ran).toEqual([]);
  expect([...world.texts.keys()]).toEqual(["configs/dev.yaml"]);
});

test.each([
  [
    "apply --env dev --to vpc",
    /"apply" has no option "--to", which belongs to: publish$/,
    "Did you mean --until?",
  ],
  [
    "status --env dev --rehearse",
    /^Cannot read/,
    "Of a rehearsal, history --rehearse lists the runs, and plan --rehearse what would change",
  ],
])("%s says what does it", (line, message, hint) => {
  expect(() => read(line)).toThrow(
    expect.objectContaining({ message: expect.stringMatching(message) as unknown, hint, exitCode: 64 }),
  );
});
