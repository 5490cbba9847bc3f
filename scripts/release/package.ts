import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./run-program";
import { type LockFile, shrinkwrapOf } from "./shrinkwrap";
import type { Release, Step } from "./step";
import { tools } from "./tools";

/** The npm package, with every dependency locked. */
export const npmPackage: Step = {
  name: "package",
  summary: "npm package",
  part: "package",
  tools: [tools.npm],
  run: (release) => {
    const folder = packageFolder(release);
    cpSync(release.sources, folder, { recursive: true });
    // npm's own.
    const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as LockFile;
    const shrinkwrap = shrinkwrapOf(lock);
    write(join(folder, "npm-shrinkwrap.json"), shrinkwrap);
    // A folder with both has two truths; npm packs the other one.
    rmSync(join(folder, "package-lock.json"));
    const dependencies = shrinkwrap.packages[""]?.dependencies;
    write(join(folder, "package.json"), { ...withoutDevelopment(folder), dependencies });
    // The time of packed files is npm's own constant, their order and rights too: https://github.com/npm/pacote
    runProgram(tools.npm, { folder }, "pack", "--ignore-scripts", "--pack-destination", release.out);
  },
};

/** Where the files of the package are, as they are packed; npm takes the name of a folder for that of what is in it. */
export function packageFolder({ scratch }: Pick<Release, "scratch">): string {
  return join(scratch, "edge-orchestrator-aws");
}

/** Scripts and packages of development are not there to be run. */
function withoutDevelopment(folder: string): object {
  // The product's own.
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as object;
  const kept = Object.entries(manifest).filter(
    ([field]) => field !== "devDependencies" && field !== "scripts",
  );
  return Object.fromEntries(kept);
}

function write(file: string, document: object): void {
  writeFileSync(file, `${JSON.stringify(document, undefined, 2)}\n`);
}
