import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** Name of a folder in the cache, which is beside the installed packages if it is not specified. */
interface Place {
  readonly folder: string | undefined;
  readonly name: string;
}

/** A folder in the cache, filled first if it does not exist. */
export function cached({ folder, name }: Place, fill: (directory: string) => void): string {
  const cache = folder ?? besidePackages();
  mkdirSync(cache, { recursive: true });
  const target = join(cache, name);
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

function besidePackages(): string {
  const installed = dirname(dirname(dirname(require.resolve("@grpc/grpc-js/package.json"))));
  return join(installed, ".cache", "terraform-rehearsal");
}
