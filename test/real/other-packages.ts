import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runCommand } from "./command";

const root = resolve(__dirname, "../..");

/** What a synthesis reads of the repository, except for its packages. */
const sources = [
  "main.ts",
  "lib",
  "modules",
  "gitops",
  "synthesis",
  "scripts/code-cache.cjs",
  "scripts/lazy-swc.cjs",
  "tsconfig.json",
];

/** Packages as package.json names them. */
export interface Packages {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Copies the sources into a folder, and installs packages there that are used instead of the repository's. */
export async function installOther(folder: string, packages: Packages): Promise<void> {
  for (const source of sources) cpSync(join(root, source), join(folder, source), { recursive: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, ...packages }));
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  await succeed("npm", { folder, variables: {} }, "install", ...quiet);
}

/** Packages that are not in the folder are the repository's. */
const synthesis = `
  require("ts-node/register");
  const { synthesiseForCdktf } = require("./main.ts");
  const [out, ...files] = process.argv.slice(1);
  for (const file of files) {
    const name = require("node:path").basename(file, ".yaml");
    synthesiseForCdktf({ ORCHESTRATOR_ENV: file, CDKTF_OUTDIR: out + "/" + name });
  }
`;

/** The Terraform JSON of environment files, by environment and layer, as the sources and packages of a folder make it. */
export async function synthesisedIn(
  folder: string,
  files: readonly string[],
  out: string,
): Promise<ReadonlyMap<string, string>> {
  const variables = { NODE_PATH: join(root, "node_modules") };
  await succeed(process.execPath, { folder, variables }, "-e", synthesis, out, ...files);
  const written = readdirSync(out, { recursive: true, encoding: "utf8" }).toSorted();
  const json = written.filter((path) => path.endsWith("cdk.tf.json"));
  return new Map(json.map((path) => [path, readFileSync(join(out, path), "utf8")]));
}

async function succeed(
  program: string,
  place: { readonly folder: string; readonly variables: Readonly<Record<string, string>> },
  ...args: readonly string[]
): Promise<void> {
  const { code, output } = await runCommand({ program, ...place }, ...args);
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${output}`);
}
