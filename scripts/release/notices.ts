import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./package";
import { runProgram } from "./run-program";
import { type LockedPackage, type LockFile, nameOf, productionPackages } from "./shrinkwrap";
import type { Release, Step } from "./step";
import { tools } from "./tools";

/** The licences of the packages that the npm package installs. */
export const packageNotices: Step = {
  name: "notices",
  summary: "licence notices of packages",
  part: "package",
  tools: [tools.npm],
  run: (release) => {
    const folder = packageFolder(release);
    // Whatever machine makes the release: https://docs.npmjs.com/cli/v11/commands/npm-ci#os
    const platform = ["--os=linux", "--cpu=x64", "--libc=glibc"];
    const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
    runProgram(tools.npm, { folder }, "ci", "--omit=dev", ...platform, ...quiet);
    // npm's own.
    const lock = JSON.parse(readFileSync(join(folder, "npm-shrinkwrap.json"), "utf8")) as LockFile;
    addNotices(release, "Packages of npm", noticesOf(folder, productionPackages(lock)));
  },
};

/** Adds a chapter to the file of licence notices. */
export function addNotices(release: Release, title: string, text: string): void {
  const file = join(release.out, `${release.name}-${release.version}-notices.txt`);
  appendFileSync(file, `${"=".repeat(78)}\n${title}\n${"=".repeat(78)}\n\n${text}\n`);
}

/** The licence files of packages that are installed in a folder, each text once, with the packages that it is of. */
export function noticesOf(
  folder: string,
  packages: readonly (readonly [folder: string, locked: LockedPackage])[],
): string {
  const titles = new Map<string, Set<string>>();
  for (const [at, locked] of packages) {
    const name = `${nameOf(at, locked)} ${locked.version}`;
    const texts = licenceTexts(join(folder, at));
    if (texts.length === 0 && !locked.license)
      throw new Error(`The package ${name} has no licence: neither a file nor a field "license"`);
    const title = `${name} (${locked.license ?? "see below"})`;
    const stands =
      texts.length > 0
        ? texts
        : ["No file with a licence is in these packages; they declare the licence above."];
    for (const text of stands) titles.set(text, (titles.get(text) ?? new Set()).add(title));
  }
  return [...titles]
    .map(([text, of]) => `${[...of].sort().join("\n")}\n\n${text}\n${"-".repeat(78)}\n`)
    .join("\n");
}

/** Names that licences and notices have: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#license */
const licenceName = /^(un)?licen[cs]e|^copying|^notice|^third.?party|^copyright/i;

/** Optional packages of other platforms are not installed; their licence is that of the package that they are part of. */
function licenceTexts(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map(({ name }) => name).filter((name) => licenceName.test(name));
  return names.sort().map((name) => readFileSync(join(folder, name), "utf8").replaceAll("\r", "").trim());
}
