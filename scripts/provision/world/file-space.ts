import { accessSync, constants, realpathSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** A file is replaced in its folder, which is created if necessary; what is no file is written to. */
export function assertWritable(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true)
    throw Object.assign(new Error(`${path} is a folder`), { code: "EISDIR" });
  const written = found === undefined ? path : realpathSync(path);
  accessSync(found?.isFile() === false ? path : existingFolder(dirname(written)), constants.W_OK);
}

/** The folder, or the nearest one above it that exists. */
function existingFolder(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return existingFolder(dirname(path));
  if (found.isDirectory()) return path;
  throw Object.assign(new Error(`${path} is no folder`), { code: "ENOTDIR" });
}

/** What this user may still write where a path is, or would be. */
export function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(existingFolder(path));
  return bavail * bsize;
}
