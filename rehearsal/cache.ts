import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of this name in the cache beside the installed packages, filled first if it does not exist. */
export function cached(name: string, fill: (directory: string) => void): string {
  const target = join(cacheDirectory(), name);
  if (existsSync(target)) return target;
  const draft = mkdtempSync(`${target}.`);
  try {
    fill(draft);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process filled it meanwhile, from the same contents.
    if (!existsSync(target)) throw error;
  }
  return target;
}

function cacheDirectory(): string {
  const installed = dirname(dirname(dirname(require.resolve("@grpc/grpc-js/package.json"))));
  const directory = join(installed, ".cache", "terraform-rehearsal");
  mkdirSync(directory, { recursive: true });
  return directory;
}
