import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { runCommand } from "./command";
import type { Variables } from "./terraform";

const root = resolve(__dirname, "../..");
const author = ["-c", "user.name=release", "-c", "user.email=release@example.com"];

/** Runs a program; throws when it fails. */
export async function succeed(
  program: string,
  { folder, variables = {} }: { readonly folder: string; readonly variables?: Variables },
  ...args: readonly string[]
): Promise<string> {
  const { code, output } = await runCommand({ program, folder, variables }, ...args);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${String(code)}: ${output}`);
  return output;
}

/** Makes a repository whose only commit is what the tests are run on, changes that are not committed included. */
export async function committed(folder: string): Promise<void> {
  const listed = await succeed(
    "git",
    { folder: root },
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
  );
  const deleted = (await succeed("git", { folder: root }, "ls-files", "-z", "--deleted")).split("\0");
  for (const file of listed.split("\0").filter((name) => name !== "" && !deleted.includes(name))) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  await succeed("git", { folder }, "init", "--quiet");
  await succeed("git", { folder }, "add", "--all");
  await succeed("git", { folder }, ...author, "commit", "--quiet", "--message", "release");
  withPackages(folder);
}

/** Clones a repository, for a release in another folder. */
export async function cloned(repository: string, folder: string): Promise<void> {
  await succeed("git", { folder: repository }, "clone", "--quiet", repository, folder);
  withPackages(folder);
}

/** The packages of this checkout, which are no change of the other. */
function withPackages(folder: string): void {
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, ".git/info/exclude"), "/node_modules\n");
}

/** Makes the npm package and what describes it in the repository's dist/. */
export async function release(
  repository: string,
  variables: Variables,
  ...options: readonly string[]
): Promise<string> {
  const program = ["node_modules/ts-node/dist/bin.js", "scripts/release.ts", "--only", "package", ...options];
  return succeed(process.execPath, { folder: repository, variables }, ...program);
}
