import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandResult, runCommand } from "./command";
import { manifest } from "../../scripts/release/manifest";
import { committed, release, succeed } from "./released";
import { missing } from "./tools";

const because = missing("npmRegistry", "terraform");
const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
/** What the package promises to run on, beside the Node that runs the tests. */
const otherNode = manifest.image.node.version;

let scratch: string;
let repository: string;
let project: string;
let product: string;

beforeAll(async () => {
  if (because !== undefined) return;
  scratch = mkdtempSync(join(tmpdir(), "installed-"));
  repository = join(scratch, "repository");
  mkdirSync(repository);
  await committed(repository);
  await release(repository, {});
  project = newFolder("an operator's project, ü");
  writeFileSync(join(project, "package.json"), '{ "private": true }');
  await succeed("npm", { folder: project }, "install", ...quiet, archive());
  product = join(project, "node_modules/edge-orchestrator-aws");
  const node = newFolder("node");
  await succeed("npm", { folder: node }, "install", ...quiet, `node-linux-${process.arch}@${otherNode}`);
}, 600_000);
afterAll(() => {
  if (because !== undefined) return;
  chmodAll(0o755);
  rmSync(scratch, { recursive: true });
});

const archive = () => {
  const dist = join(repository, "dist");
  return join(dist, readdirSync(dist).find((name) => name.endsWith(".tgz")) ?? "");
};

function newFolder(name: string): string {
  const folder = mkdtempSync(join(scratch, `${name}-`));
  return folder;
}

/** Programs by the version of Node that runs them. */
const nodes = (): Readonly<Record<string, string>> => ({
  [process.versions.node]: process.execPath,
  [otherNode]: join(
    scratch,
    readdirSync(scratch).find((name) => name.startsWith("node-")) ?? "",
    `node_modules/node-linux-${process.arch}/bin/node`,
  ),
});

/** Runs the installed command in a folder, as its user would, with no variable of this process but PATH and HOME. */
function provision(folder: string, ...args: readonly string[]): Promise<CommandResult> {
  return runCommand(
    { program: join(project, "node_modules/.bin/provision"), folder, variables: {} },
    ...args,
  );
}

/** Every folder of what is installed, with the time at which it was last written; what was compiled is no part of it. */
function written(): Readonly<Record<string, number>> {
  const entries = readdirSync(join(project, "node_modules"), { recursive: true, withFileTypes: true });
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.startsWith(join(project, "node_modules/.cache")));
  return Object.fromEntries(folders.map((path) => [path, statSync(path).mtimeMs]));
}

function chmodAll(mode: number): void {
  for (const path of [join(project, "node_modules"), ...Object.keys(written())]) chmodSync(path, mode);
}

describe.skipIf(because !== undefined)(`the installed package ${because ?? ""}`, () => {
  test("says which commit it is of", async () => {
    const commit = (await succeed("git", { folder: repository }, "rev-parse", "HEAD")).trim();
    const { code, output } = await provision(newFolder("empty"), "--version");
    expect(code).toBe(0);
    expect(output).toMatch(
      new RegExp(`^edge-orchestrator-aws \\d+\\.\\d+\\.\\d+, commit ${commit.slice(0, 12)}$`, "m"),
    );
    expect(output).toMatch(/^Orchestrator releases: \d{4}\.\d/m);
  });

  /** By folder, as npm writes it. */
  function locked(): Readonly<Record<string, { version: string; optional?: boolean; inBundle?: boolean }>> {
    const lock = JSON.parse(readFileSync(join(product, "npm-shrinkwrap.json"), "utf8")) as {
      packages: ReturnType<typeof locked>;
    };
    return lock.packages;
  }

  test("is locked to the versions of the lock file", () => {
    const top = Object.entries(locked()).filter(
      ([folder, { optional }]) => folder.lastIndexOf("node_modules/") === 0 && optional !== true,
    );
    const installed = top.map(([folder]) => [folder, versionAt(join(project, folder))]);
    expect(installed).toEqual(top.map(([folder, { version }]) => [folder, version]));
    expect(installed.length).toBeGreaterThan(150);
  });

  test("has a bill of materials that names every package in it", () => {
    const file = readdirSync(join(repository, "dist")).find((name) => name.endsWith(".cdx.json")) ?? "";
    const sbom = readFileSync(join(repository, "dist", file), "utf8");
    const manifests = readdirSync(join(project, "node_modules"), { recursive: true, encoding: "utf8" })
      .filter((path) => /(^|node_modules\/)(@[^/]+\/)?[^/@]+\/package\.json$/.test(path))
      .filter((path) => !path.startsWith("edge-orchestrator-aws/"));
    const named = manifests.map((path) => identityIn(join(project, "node_modules", path)));
    expect(named.length).toBeGreaterThan(200);
    // Of a package from a file, npm locks what has a version in package.json, and of the rest takes the newest that fits.
    const newest = Object.entries(locked())
      .filter(([folder, { inBundle }]) => folder.lastIndexOf("node_modules/") > 0 && inBundle !== true)
      .map(([folder]) => folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length));
    const isNewest = (name: string) => newest.some((some) => name.startsWith(`${some}@`));
    expect(named.filter((name) => !sbom.includes(`"bom-ref": "${name}"`) && !isNewest(name))).toEqual([]);
  });

  test("runs layers of its user's, which import the product by its name, and has an app for cdktf", async () => {
    const folder = newFolder("user");
    mkdirSync(join(folder, "configs"));
    const dev = readFileSync(join(product, "configs/dev.yaml"), "utf8");
    writeFileSync(join(folder, "configs/dev.yaml"), `${dev}extensions: [../note.ts]\n`);
    writeFileSync(join(folder, "note.ts"), extension);
    const { code, output } = await provision(folder, "validate", "--env", "dev");
    expect(output).toContain("19 layers");
    expect(code).toBe(0);
    const app = join(product, "scripts/cdktf.cjs");
    await succeed(process.execPath, { folder, variables: { ORCHESTRATOR_ENV: "dev" } }, app);
    expect(readdirSync(join(folder, "cdktf.out/dev/stacks"))).toContain("note");
  });

  test("refuses to run in an account without an environment file of its user's", async () => {
    const { code, output } = await provision(newFolder("empty"), "plan", "--env", "dev");
    expect(code).toBe(3);
    expect(output).toContain("npx provision init --env dev");
  });

  test("rehearses in an empty folder on both versions of Node, and writes nothing beside what it compiled", async () => {
    const before = written();
    chmodAll(0o555);
    for (const [version, node] of Object.entries(nodes())) {
      const folder = newFolder("empty");
      const program = join(product, "scripts/provision.cjs");
      const run = { program: node, folder, variables: {} };
      expect(await succeed(node, { folder }, "--version")).toBe(`v${version}\n`);
      expect((await runCommand(run, program, "--help")).output).toContain("Usage: provision");
      const { code, output } = await runCommand(run, program, "--env", "dev", "--rehearse");
      expect(output).toContain("There is no configs/dev.yaml in the current folder: rehearsing");
      expect(output).toContain("The rehearsal passed");
      expect(code).toBe(0);
      expect(readdirSync(folder)).toEqual([".provision"]);
    }
    expect(written()).toEqual(before);
  });
});

function versionAt(folder: string): string {
  return identityIn(join(folder, "package.json")).replace(/^.+@/, "");
}

function identityIn(manifest: string): string {
  // npm requires both of every package.
  const { name, version } = JSON.parse(readFileSync(manifest, "utf8")) as { name: string; version: string };
  return `${name}@${version}`;
}

const extension = `import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { z } from "zod";
import { defineLayer } from "edge-orchestrator-aws/lib/layer/layer";
import { vpc } from "edge-orchestrator-aws/modules/vpc/layer";

export const layer = defineLayer({
  name: "note",
  summary: "A note about the network",
  settings: z.strictObject({}),
  needs: { vpc },
  outputs: {},
  build(stack, { from }) {
    new SsmParameter(stack, "note", { name: "note", type: "String", value: from.vpc.vpcId });
    return {};
  },
});
`;
