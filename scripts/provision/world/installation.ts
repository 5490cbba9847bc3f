import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/** The folder that holds package.json. */
export const productFolder = join(__dirname, "../../..");

/** Where a file of the product is: relative if that is below the current folder. */
export function fileNamed(path: string): string {
  const own = join(productFolder, path);
  const near = relative(".", own);
  return near.startsWith("..") ? own : near;
}

/**
 * Where a rehearsal keeps what it read of packages: below the current folder, because an installation may be read-only, and
 * is npm's to write into; undefined in a checkout. npm never packs its lock file:
 * https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
 */
export function rehearsalCache(): string | undefined {
  return existsSync(join(productFolder, "package-lock.json")) ? undefined : resolve(".provision/cache");
}
