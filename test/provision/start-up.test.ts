import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let scratch = "";

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "start-up-"));
  writeFileSync(join(scratch, "loaded.cjs"), listLoaded);
  writeFileSync(join(scratch, "wrong.yaml"), "name: dev\n");
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const listLoaded = `process.on("exit", () => {
  console.log("LOADED " + JSON.stringify(Object.keys(require.cache)));
});`;

/** How a program has ended, and the modules that it loaded. */
interface Started {
  readonly status: number | null;
  readonly loaded: string;
}

/** Runs provision as an operator does. */
function started(...args: readonly string[]): Started {
  return startedWith({}, "node_modules/ts-node/dist/bin.js", "scripts/provision.ts", ...args);
}

function startedWith(variables: Readonly<Record<string, string>>, ...program: readonly string[]): Started {
  const { status, stdout } = spawnSync(process.execPath, ["-r", join(scratch, "loaded.cjs"), ...program], {
    cwd: resolve(__dirname, "../.."),
    env: { ...process.env, ...variables },
    encoding: "utf8",
  });
  return { status, loaded: /^LOADED (.*)$/m.exec(stdout)?.[1] ?? "" };
}

test("--help is printed without layers, schemas and Terraform", () => {
  const { status, loaded } = started("--help");
  expect(status).toBe(0);
  expect(loaded).toMatch(/command-line\/parse\.ts/);
  expect(loaded).not.toMatch(
    /node_modules\/(zod|yaml|cdktf|@aws-sdk|tldts)\/|\/modules\/|provision\/start\.ts/,
  );
});

test("a wrong environment file is reported without cdktf", () => {
  const { status, loaded } = started("plan", "--env", join(scratch, "wrong.yaml"));
  expect(status).toBe(3);
  expect(loaded).toMatch(/modules\/eks\/layer\.ts/);
  expect(loaded).not.toMatch(/node_modules\/(cdktf|@cdktf|@aws-sdk|tldts)\/|provision\/start\.ts/);
});

test("a synthesis loads neither TypeScript nor what packs assets", () => {
  const variables = { ORCHESTRATOR_ENV: "dev", CDKTF_OUTDIR: join(scratch, "dev") };
  const { status, loaded } = startedWith(variables, "scripts/cdktf.cjs");
  expect(status).toBe(0);
  expect(loaded).toMatch(/node_modules\/@cdktf\//);
  expect(loaded).not.toMatch(/node_modules\/(typescript|ts-node\/dist\/bin|archiver-utils|zip-stream)/);
});

test("the command of package.json works through a link, in any folder, and passes on the exit code", () => {
  const root = resolve(__dirname, "../..");
  const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    bin: { provision: string };
  };
  const link = join(scratch, "provision");
  symlinkSync(join(root, bin.provision), link);
  const { status, stderr } = spawnSync(link, ["plan", "--env", "dev"], { cwd: scratch, encoding: "utf8" });
  expect(stderr).toContain('Cannot read environment "dev": the current folder has no configs/');
  expect(stderr).toContain("to create it here: provision init --env dev");
  expect(status).toBe(3);
});

test("the app of cdktf.json and main.ts under ts-node do the same, and compile alike", () => {
  const root = resolve(__dirname, "../..");
  const { app } = JSON.parse(readFileSync(join(root, "cdktf.json"), "utf8")) as { app: string };
  const started = [app.replace(/^node /, ""), "node_modules/ts-node/dist/bin.js main.ts"].map((program) => {
    const env = { ...process.env, ORCHESTRATOR_ENV: undefined };
    const options = { cwd: root, env, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync(process.execPath, program.split(" "), options);
    const kept = readFileSync(join(root, "node_modules/.cache/edge-orchestrator-aws/main.ts"), "utf8");
    return { status, stderr, kept };
  });
  expect(started[0]).toMatchObject({ status: 1, stderr: expect.stringContaining("no environment is") });
  expect(started[1]).toEqual(started[0]);
});
