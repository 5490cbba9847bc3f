import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { releaseNames } from "../../gitops/releases/index";
import { provision } from "../../scripts/provision/provision";
import { checkedOutCommit } from "../../scripts/provision/world/about";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { toys } from "./toys";

const start = "npx ts-node scripts/provision.ts";
let world: FakeWorld;

beforeEach(() => {
  world = new FakeWorld();
});

/** What a command line prints. */
async function printed(line: string): Promise<string> {
  const from = world.printed.length;
  await run(world, line);
  return world.printed.slice(from).join("\n");
}

describe("provision without arguments", () => {
  const alone = () => provision(() => Promise.resolve(toys), [], world);

  test("lists the environments at a terminal, without AWS and Terraform", async () => {
    Object.assign(world.terminal, { interactive: true });
    Object.assign(world.aws, { send: () => Promise.reject(new Error("AWS was asked")) });
    world.texts.set("configs/example.yaml", "");
    expect(await alone()).toBe(0);
    expect(world.printed).toEqual([
      ...["dev", "  no run on this machine", `  next: ${start} rehearse --env dev`, ""],
      ...[`Another environment: ${start} init --env <name>`, `Every command: ${start} help`],
    ]);
    expect(world.ran).toEqual([]);
  });

  test("is a mistake of a program that calls it", async () => {
    await expect(alone()).rejects.toMatchObject({ exitCode: 64, hint: `Run: ${start} --help` });
  });

  test("offers init where there is no environment", async () => {
    world.texts.clear();
    expect(await printed("environments")).toBe(
      `There is no environment in configs/ of the current folder\n  next: ${start} init --env <name>`,
    );
  });
});

test.each([
  ["is empty", "\n"],
  ["is not text", "name: \0"],
  ["is a link to nowhere", undefined],
])("a file that %s is validated next", async (_, text) => {
  world.texts.set("configs/odd.yaml", text ?? "");
  if (text === undefined) world.kinds.set("configs/odd.yaml", "broken link");
  expect(await printed("environments")).toContain(
    `odd\n  no run on this machine\n  next: ${start} validate --env odd`,
  );
});

describe("an environment is listed with its last run", () => {
  test.each([
    ["plan --env dev", "plan, 2026-01-01 09:00 UTC, succeeded", "apply --env dev"],
    ["apply --env dev --yes", "apply, 2026-01-01 09:00 UTC, succeeded", "status --env dev"],
  ])("%s", async (line, text, next) => {
    expect(await run(world, line)).toBe(0);
    expect(await printed("environments")).toBe(`dev\n  last run: ${text}\n  next: ${start} ${next}`);
  });

  test("a destroyed one is planned next", async () => {
    await run(world, "apply --env dev --yes");
    await run(world, "destroy --env dev --yes --confirm dev --allow-data-loss cellar,house");
    expect(await printed("environments")).toMatch(/destroy, .*, succeeded\n.* plan --env dev$/);
  });

  test("a failed one names the layer, and is repeated", async () => {
    world.faults.fail.set("aws_vpc.vpc", "VpcLimitExceeded");
    await run(world, "apply --env dev --yes");
    expect(await printed("environments")).toMatch(/apply, .*, failed at ground\n.* apply --env dev$/);
    expect(JSON.parse(await printed("environments --json"))).toEqual({
      environments: [
        {
          name: "dev",
          lastRun: {
            ...{ command: "apply", started: "2026-01-01T09:00:00.000Z", outcome: "failed", layer: "ground" },
          },
          next: `${start} apply --env dev`,
        },
      ],
    });
  });

  test("a rehearsed one is planned next", async () => {
    const record = { command: "rehearse", started: "2026-01-01T09:00:00Z", outcome: "succeeded" };
    world.texts.set(".provision/full-cycle/dev/last-run.json", JSON.stringify(record));
    expect(await printed("environments")).toMatch(/last rehearsal: rehearse, .*\n.* plan --env dev$/);
  });

  test("of both kinds of rehearsal, the newer one counts", async () => {
    const record = (command: string, time: string) =>
      JSON.stringify({ command, started: `2026-01-01T${time}:00Z`, outcome: "succeeded" });
    world.texts.set(".provision/rehearsal/dev/last-run.json", record("apply", "09:00"));
    expect(await printed("environments")).toMatch(/last rehearsal: apply, .* 09:00 UTC/);
    world.texts.set(".provision/full-cycle/dev/last-run.json", record("rehearse", "08:00"));
    expect(await printed("environments")).toMatch(/last rehearsal: apply, .* 09:00 UTC/);
    world.texts.set(".provision/full-cycle/dev/last-run.json", record("rehearse", "10:00"));
    expect(await printed("environments")).toMatch(/last rehearsal: rehearse, .* 10:00 UTC/);
  });

  test.each([
    [".provision/dev", "status"],
    [".provision/rehearsal/dev", "rehearse"],
    [".provision/full-cycle/dev", "rehearse"],
  ])("a run in progress is named: %s", async (folder, next) => {
    const holder = { pid: 99, host: "workstation", command: "apply --env dev" };
    world.texts.set(`${folder}/run.lock`, JSON.stringify({ ...holder, started: "2026-01-01T08:30:00.000Z" }));
    expect(await printed("environments")).toMatch("no run on this machine");
    world.others.add(holder.pid);
    expect(await printed("environments")).toBe(
      `dev\n  a run is in progress: apply --env dev, since 2026-01-01 08:30 UTC\n  next: ${start} ${next} --env dev`,
    );
  });

  test.each(["", "{", "[]", '{"command":"apply","started":"yesterday","outcome":"failed"}'])(
    "a record that is none is no record: %s",
    async (text) => {
      world.texts.set(".provision/dev/last-run.json", text);
      expect(await printed("environments")).toContain("no run on this machine");
    },
  );

  test("a command that works on no layer leaves no record", async () => {
    await run(world, "outputs --env dev");
    await run(world, "iam --env dev");
    expect([...world.texts.keys()].filter((path) => path.endsWith("last-run.json"))).toEqual([]);
  });
});

describe("the version", () => {
  test.each(["version", "--version", "-V"])("is printed by %s, with what it works with", async (line) => {
    expect(await printed(line)).toBe(
      [
        "edge-orchestrator-aws 1.2.3, commit 0123456789ab",
        "Orchestrator releases: 2026.0, 2025.2",
        "Terraform 1.11.4 (terraform)",
      ].join("\n"),
    );
  });

  test("says why a Terraform cannot be used", async () => {
    world.version = "";
    expect(await printed("--version")).toContain(
      'No Terraform that can be used: there is no "terraform" on the PATH\n  Install Terraform 1.11 or later',
    );
    world.version = "1.5.7";
    expect(JSON.parse(await printed("--version --json"))).toMatchObject({
      version: "1.2.3",
      terraform: { program: "terraform", reason: expect.stringContaining("1.5.7") },
    });
  });

  test("names the releases that the documents name", () => {
    const page = readFileSync(join(__dirname, "../../docs/guides/migrating.md"), "utf8");
    for (const release of releaseNames)
      expect(page).toMatch(new RegExp(`^\\| ${release.replace(".", "\\.")} `, "m"));
  });

  test.each([
    ["a clone", { ".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": `${"a".repeat(40)}\n` }],
    [
      "a clone with packed references",
      { ".git/HEAD": "ref: refs/heads/main", ".git/packed-refs": `${"a".repeat(40)} refs/heads/main\n` },
    ],
    ["a commit that is checked out by itself", { ".git/HEAD": `${"a".repeat(40)}\n` }],
    [
      "a worktree",
      {
        ".git": "gitdir: store/worktrees/one\n",
        "store/worktrees/one/HEAD": "ref: refs/heads/one\n",
        "store/worktrees/one/commondir": "../..\n",
        "store/refs/heads/one": `${"a".repeat(40)}\n`,
      },
    ],
  ])("has the commit of %s", (_, files) => {
    const folder = mkdtempSync(join(tmpdir(), "commit-"));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    expect(checkedOutCommit(folder)).toBe("a".repeat(40));
    rmSync(folder, { recursive: true });
  });

  test("has no commit where there is no git", () => {
    expect(checkedOutCommit(join(tmpdir(), "no-such-folder"))).toBeUndefined();
  });
});
