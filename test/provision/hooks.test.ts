import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { processesBelow } from "../../scripts/provision/world/processes";
import type { Command, Finished } from "../../scripts/provision/world/index";
import { FakeWorld } from "./fake-world";
import { rehearseInMemory } from "./rehearsing";
import { run, table } from "./runs";
import { toys } from "./toys";

const log = ".provision/logs/dev/2026-01-01T09-00-00";
const again = "npx ts-node scripts/provision.ts";

/** A world whose environment file has these hooks; `act` is what their programs, which begin with a dot, do. */
function hooked(
  hooks: string,
  act: (command: Command) => Partial<Finished> | Promise<Partial<Finished>> = () => ({}),
): FakeWorld {
  const world = new FakeWorld();
  const file = world.texts.get("configs/dev.yaml") ?? "";
  world.texts.set("configs/dev.yaml", `${file}hooks:\n${hooks}`);
  const terraform = world.processes.run.bind(world.processes);
  Object.assign(world.processes, {
    run: async (command: Command) => {
      if (!command.program.startsWith(".")) return terraform(command);
      const { PROVISION_WHEN: when, PROVISION_LAYER: layer } = command.environment;
      world.ran.push(`${command.program} ${when ?? ""} ${layer ?? ""}`.trim());
      world.commands.push(command);
      return { exitCode: 0, stdout: "", stderr: "", seconds: 1, ...(await act(command)) };
    },
  });
  return world;
}

const hook = (fields: string) => `  - { command: [./hook.sh], ${fields} }\n`;
const hookRuns = (world: FakeWorld) => world.ran.filter((ran) => ran.startsWith("./"));

test("hooks run before and after their layer, and before the first layer and after the last one", async () => {
  const world = hooked(
    hook("when: after") +
      hook("when: before") +
      hook("when: before, layer: ground") +
      hook("when: after, layer: ground") +
      "  - { command: [./second.sh], when: after, layer: ground }\n",
  );
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(world.ran.filter((ran) => /^\.|apply$/.test(ran))).toEqual([
    "./hook.sh before",
    "cellar apply",
    "./hook.sh before ground",
    "ground apply",
    "./hook.sh after ground",
    "./second.sh after ground",
    "house apply",
    "roof apply",
    "./hook.sh after",
  ]);
});

test("a hook gets the facts of the run and Terraform's variables as environment variables", async () => {
  const world = hooked(hook("when: after, layer: ground"));
  await run(world, "--env dev --yes");
  const command = world.commands.find(({ program }) => program === "./hook.sh");
  expect(command).toMatchObject({
    folder: "configs",
    arguments: [],
    timeoutSeconds: 600,
    interrupts: "group",
  });
  expect(command?.environment).toMatchObject({
    PATH: "/bin",
    AWS_PROFILE: "dev",
    PROVISION_LOCK: "workstation:4711:2026-01-01T09:00:00.000Z",
    PROVISION_RUN_ID: "20260101T090000Z-07070707",
    PROVISION_ENVIRONMENT: "dev",
    PROVISION_ENVIRONMENT_FILE: "configs/dev.yaml",
    PROVISION_ACCOUNT: "123456789012",
    PROVISION_REGION: "us-west-2",
    PROVISION_PARTITION: "aws",
    PROVISION_COMMAND: "apply",
    PROVISION_WHEN: "after",
    PROVISION_LAYER: "ground",
    PROVISION_OUTCOME: "applied",
    PROVISION_OUTPUTS_FILE: `${log}/outputs.json`,
    PROVISION_LOG_FOLDER: log,
  });
  const outputs: unknown = JSON.parse(world.texts.get(`${log}/outputs.json`) ?? "");
  expect(Object.keys(z.record(z.string(), z.unknown()).parse(outputs))).toEqual(["cellar", "ground"]);
});

test("a hook may apply something in the environment that its run has locked; another run may not", async () => {
  const ended: unknown[] = [];
  const world: FakeWorld = hooked(hook("when: after, layer: cellar"), async ({ environment }) => {
    const called = {
      cloud: world.cloud,
      self: { pid: 7, host: "build-7", user: "ben" },
      randomBytes: (count: number) => Buffer.alloc(count, 8),
    };
    const others = Object.assign(new FakeWorld(), called);
    ended.push(await run(others, "apply --env dev --yes --only ground"));
    const own = Object.assign(new FakeWorld(), called, { environment });
    ended.push(await run(own, "apply --env dev --yes --only ground"));
    return {};
  });
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(ended).toEqual([expect.objectContaining({ exitCode: 5 }), 0]);
  expect(table(world)).toMatchObject({ cellar: "applied", ground: "unchanged" });
});

test("a hook that fails before its layer stops the run there", async () => {
  const world = hooked(hook("when: before, layer: house"), () => ({ exitCode: 3 }));
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: `Cannot apply "house": the hook "before house: ./hook.sh" exited with 3 (log: ${log}/run/hooks.log)`,
    hint: `Correct the command, or hooks[0] in configs/dev.yaml, and run: ${again} --env dev --from house --yes`,
    exitCode: 1,
  });
  expect(table(world)).toEqual({
    cellar: "applied",
    ground: "applied",
    house: "not run because a hook failed",
    roof: "not run because a hook failed",
  });
});

test("a hook that fails after its layer leaves the layer applied, and stops the run", async () => {
  const world = hooked(hook("when: after, layer: ground"), () => ({ exitCode: 127 }));
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: `Cannot apply "ground": the hook "after ground: ./hook.sh" was not found, or exited with 127 (log: ${log}/run/hooks.log)`,
  });
  expect(table(world)).toMatchObject({ ground: "applied", house: "not run because a hook failed" });
});

test("a hook that fails before the first layer starts nothing", async () => {
  const world = hooked(hook("when: before, timeoutSeconds: 5"), () => ({ exitCode: 128, seconds: 5 }));
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: `Cannot apply all layers: the hook "before all layers: ./hook.sh" was killed after 5 s (log: ${log}/run/hooks.log)`,
    hint: `Correct the command, or hooks[0] in configs/dev.yaml, and run: ${again} --env dev --yes`,
  });
  expect(world.ran).toEqual(["./hook.sh before"]);
});

test("the failure of a hook with onFailure: continue is reported, and the run continues", async () => {
  const world = hooked(hook("when: before, layer: house, onFailure: continue"), () => ({ exitCode: 126 }));
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(world.printed).toContain(
    `  The run goes on, although the hook "before house: ./hook.sh" could not be started, or exited with 126 (log: ${log}/run/hooks.log)`,
  );
  expect(table(world)).toMatchObject({ house: "applied", roof: "applied" });
});

test("the failure to prepare a hook is handled as its onFailure says, and the hook ends", async () => {
  const world = hooked(hook("when: before, layer: house, onFailure: continue"));
  const write = world.files.write.bind(world.files);
  Object.assign(world.files, {
    write: (path: string, text: string) => {
      if (path.endsWith("/outputs.json"))
        throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      write(path, text);
    },
  });
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect(hookRuns(world)).toEqual([]);
  expect(world.printed).toEqual(
    expect.arrayContaining([
      "  | ENOSPC: no space left on device, write",
      `  The run goes on, although the hook "before house: ./hook.sh" could not be started, or exited with 126 (log: ${log}/run/hooks.log)`,
    ]),
  );
  expect(world.texts.get(`${log}/run/hooks.log`)).toContain("# exit code 126 after 0.0 s");
});

test("a hook ends whatever happens to it", async () => {
  const world = hooked(hook("when: before, layer: house"), () => {
    throw new Error("a bug");
  });
  await expect(run(world, "--env dev --yes")).rejects.toThrow("a bug");
  expect(world.texts.get(`${log}/run/hooks.log`)).toContain("# exit code 126 after 0.0 s");
});

test("a program that cannot be started ends a hook with 126, and the reason is printed", async () => {
  const world = hooked("  - { when: before, layer: ground, command: [./configs.yaml/hook.sh] }\n");
  const terraform = world.processes.run.bind(world.processes);
  const real = processesBelow(__dirname);
  Object.assign(world.processes, {
    run: (command: Command) =>
      command.program.startsWith(".")
        ? real.run({ ...command, folder: ".", program: "./hooks.test.ts/hook.sh" })
        : terraform(command),
  });
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: `Cannot apply "ground": the hook "before ground: ./configs.yaml/hook.sh" could not be started, or exited with 126 (log: ${log}/run/hooks.log)`,
  });
  expect(world.printed).toContain('  | Cannot start "./hooks.test.ts/hook.sh": spawn ENOTDIR');
});

test("after a failure, only hooks with runOnError run, and the layer's failure is reported", async () => {
  const world = hooked(
    hook("when: after, layer: ground, runOnError: true") +
      hook("when: after, layer: ground") +
      hook("when: after, runOnError: true") +
      hook("when: after"),
    () => ({ exitCode: 1 }),
  );
  world.faults.fail.set("aws_vpc.vpc", "VpcLimitExceeded");
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: `Cannot apply "ground": terraform apply failed with "VpcLimitExceeded" (log: ${log}/ground.log)`,
  });
  expect(hookRuns(world)).toEqual(["./hook.sh after ground", "./hook.sh after"]);
  const outcomes = world.commands.map(({ environment }) => environment["PROVISION_OUTCOME"]);
  expect(outcomes.filter((outcome) => outcome !== undefined)).toEqual(["failed", "failed"]);
});

test("plan runs the hooks that name it, and no other", async () => {
  const world = hooked(
    hook("when: before, layer: ground") + hook("when: before, layer: cellar, during: [plan]"),
  );
  await run(world, "plan --env dev");
  expect(hookRuns(world)).toEqual(["./hook.sh before cellar"]);
});

test("destroy runs hooks in its own order, after the question", async () => {
  const world = hooked(hook("when: before") + hook("when: after, layer: roof"));
  await run(world, "--env dev --yes");
  world.ran.length = 0;
  expect(await run(world, "destroy --env dev --only roof --yes --confirm other")).toMatchObject({
    exitCode: 4,
  });
  expect(hookRuns(world)).toEqual([]);
  expect(await run(world, "destroy --env dev --only roof --yes --confirm dev")).toBe(0);
  expect(hookRuns(world)).toEqual(["./hook.sh before", "./hook.sh after roof"]);
  expect(world.commands.at(-1)?.environment).toMatchObject({ PROVISION_OUTCOME: "destroyed" });
});

test("hooks of layers that are not selected do not run", async () => {
  const world = hooked(hook("when: before, layer: roof") + hook("when: before, layer: ground"));
  await run(world, "--env dev --yes --until ground");
  expect(hookRuns(world)).toEqual(["./hook.sh before ground"]);
});

test("a rehearsal skips hooks and lists them", async () => {
  const world = hooked(hook("when: before, layer: ground, during: [plan]") + hook("when: after"));
  rehearseInMemory(world);
  expect(await run(world, "plan --env dev --rehearse")).toBe(0);
  expect(await run(world, "--env dev --rehearse")).toBe(0);
  expect(hookRuns(world)).toEqual([]);
  expect(world.printed.filter((line) => line.includes("Hooks"))).toEqual([
    "  Hooks are not run in a rehearsal: before ground: ./hook.sh",
    "  Hooks are not run in a rehearsal: before ground: ./hook.sh, after all layers: ./hook.sh",
  ]);
});

test("the output of a hook is written to the screen and the log, with known secrets masked", async () => {
  const vault = defineLayer({
    ...{ name: "vault", summary: "Keeps a secret", needs: {}, outputs: {} },
    settings: z.strictObject({}),
    secretFiles: () => ({ token: "token.json" }),
    build: () => ({}),
  });
  const world = hooked(
    "  - { when: before, command: [./hook.sh, --key, AKIA-secret-key] }\n",
    ({ onLine, onErrorLine }) => {
      onLine?.("key AKIA-secret-key");
      onErrorLine?.("token s3cret-token, file /run/web-token");
      return {};
    },
  );
  Object.assign(world.environment, {
    AWS_SECRET_ACCESS_KEY: "AKIA-secret-key",
    AWS_WEB_IDENTITY_TOKEN_FILE: "/run/web-token",
  });
  world.texts.set("configs/token.json", '{"accessToken":"s3cret-token"}');
  expect(await run(world, "--env dev --yes", [...toys, vault])).toBe(0);
  const start = world.printed.indexOf("  Hook before all layers: ./hook.sh");
  expect(world.printed.slice(start + 1, start + 3)).toEqual([
    "  | key ***",
    "  | token ***, file /run/web-token",
  ]);
  expect(world.texts.get(`${log}/run/hooks.log`)).toBe(`
# before all layers: ./hook.sh
$ ./hook.sh --key ***
key ***
token ***, file /run/web-token
# exit code 0 after 1.0 s
`);
});

/** Prints a line in a hook of a run with this environment variable; returns it as it is on the screen. */
async function printedByHook(variable: Readonly<Record<string, string>>, line: string): Promise<string> {
  const world = hooked(hook("when: before"), ({ onLine }) => {
    onLine?.(line);
    return {};
  });
  Object.assign(world.environment, variable);
  await run(world, "--env dev --yes --only cellar");
  return world.printed.find((printed) => printed.startsWith("  | "))?.slice(4) ?? "";
}

test.each([
  "DB_PASSWORD",
  "MYSQL_PASSWD",
  "SMTP_PASS",
  "GITHUB_PAT",
  "GCP_CREDENTIALS",
  "DATABASE_URL",
  "SLACK_WEBHOOK",
  "SLACK_WEBHOOK_URL",
  "SSHPASS",
  "REDISCLI_AUTH",
  "MASTER_KEY",
  "NEW_RELIC_LICENSE_KEY",
])("the value of %s is masked", async (name) => {
  expect(await printedByHook({ [name]: "s3cret-value" }, "it is s3cret-value")).toBe("it is ***");
});

test.each([
  ...["AWS_WEB_IDENTITY_TOKEN_FILE", "TOKEN_URL", "SLACK_WEBHOOK_FILE", "XPASSAGE", "SEARCH_PATH"],
  ...["KMS_MASTER_KEY_ID", "ENCRYPTION_KEY_ARN", "SSL_CLIENT_AUTH"],
])("the value of %s is not masked", async (name) => {
  expect(await printedByHook({ [name]: "/run/somewhere" }, "at /run/somewhere")).toBe("at /run/somewhere");
});

const key = "-----BEGIN KEY-----\nfirst-line-of-the-key\r\nsecond-line-of-the-key\n";

interface Masking {
  readonly what: string;
  readonly variable: Readonly<Record<string, string>>;
  readonly line: string;
  readonly masked: string;
}

test.each<Masking>([
  {
    what: "a line of a secret of several lines",
    variable: { PRIVATE_KEY: key },
    ...{ line: "= second-line-of-the-key", masked: "= ***" },
  },
  {
    what: "a text in a secret in JSON",
    variable: { MY_SECRET: '{"key":"s3cret-value"}' },
    ...{ line: "s3cret-value", masked: "***" },
  },
  {
    what: "the user and password of a URL",
    variable: {},
    ...{ line: "GET https://op:pw@host/a?b", masked: "GET https://***@host/a?b" },
  },
  {
    what: "a token in a URL",
    variable: {},
    ...{ line: "clone https://ghp_token@github.com/x", masked: "clone https://***@github.com/x" },
  },
  {
    what: "the password of a URL in a variable",
    variable: { HTTPS_PROXY: "http://op:pass%2Dword@proxy" },
    ...{ line: "pass-word of op", masked: "*** of op" },
  },
])("$what is masked", async ({ variable, line, masked }) => {
  expect(await printedByHook(variable, line)).toBe(masked);
});

test("when a run is interrupted, its hook finishes, and neither the layer nor another hook is started", async () => {
  const world = hooked(
    hook("when: before, layer: ground") +
      hook("when: before, layer: ground, timeoutSeconds: 60") +
      hook("when: after"),
    () => {
      world.interrupt();
      return {};
    },
  );
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: 'Cannot finish "ground": you interrupted the run',
    hint: `Go on with: ${again} --env dev --from ground --yes`,
    exitCode: 7,
  });
  expect(world.ran.slice(-1)).toEqual(["./hook.sh before ground"]);
  expect(world.signals).toEqual([]);
});

test("a hook that a second Ctrl-C ends has not failed", async () => {
  const world = hooked(hook("when: before, layer: ground"), () => {
    world.interrupt();
    world.interrupt();
    return { exitCode: 130 };
  });
  expect(await run(world, "--env dev --yes")).toMatchObject({ exitCode: 7 });
  expect(world.signals).toEqual(["SIGINT"]);
});

test("a real hook runs in the folder of the environment file, and both of its output streams are captured", async () => {
  const root = mkdtempSync(join(tmpdir(), "hooks-"));
  try {
    mkdirSync(join(root, "configs"));
    const script = 'echo "$PROVISION_WHEN $PROVISION_LAYER $1" | tee said; echo trouble >&2; exit 4\n';
    writeFileSync(join(root, "configs/hook.sh"), `#!/bin/sh\n${script}`);
    chmodSync(join(root, "configs/hook.sh"), 0o755);
    const world = new FakeWorld();
    world.environment["PATH"] = process.env["PATH"];
    const hooks = "hooks: [{ when: after, layer: ground, command: [./hook.sh, 'two words'] }]\n";
    world.texts.set("configs/dev.yaml", `${world.texts.get("configs/dev.yaml") ?? ""}${hooks}`);
    const terraform = world.processes.run.bind(world.processes);
    const real = processesBelow(root);
    Object.assign(world.processes, {
      run: (command: Command) => (command.program.startsWith(".") ? real.run(command) : terraform(command)),
    });
    expect(await run(world, "--env dev --yes")).toMatchObject({
      message: `Cannot apply "ground": the hook "after ground: ./hook.sh" exited with 4 (log: ${log}/run/hooks.log)`,
    });
    expect(readFileSync(join(root, "configs/said"), "utf8")).toBe("after ground two words\n");
    expect(world.printed).toEqual(expect.arrayContaining(["  | after ground two words", "  | trouble"]));
  } finally {
    rmSync(root, { recursive: true });
  }
});

test("a hook of a layer that does not exist is reported beside others that are wrong", async () => {
  const world = hooked(
    "  - { command: [./a.sh], when: before, layer: gruond }\n  - { command: [./b.sh], when: never }\n",
  );
  const outcome = await run(world, "plan --env dev");
  expect(String(outcome)).toMatch(/hooks\[0\]\.layer: "gruond" is not accepted; did you mean "ground"\?/);
  expect(String(outcome)).toMatch(/hooks\[1\]\.when: "never" is not accepted/);
});
