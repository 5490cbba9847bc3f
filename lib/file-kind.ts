import { lstatSync, statSync } from "node:fs";

/** What stands at a path; `other` is e.g. a device or a pipe. */
export type FileKind = "file" | "folder" | "broken link" | "other" | "nothing";

/** What stands at a path, where links lead. */
export function fileKind(path: string): FileKind {
  const there = statOf(path, statSync);
  if (there === undefined) return statOf(path, lstatSync) === undefined ? "nothing" : "broken link";
  if (there.isFile()) return "file";
  return there.isDirectory() ? "folder" : "other";
}

/** Undefined when there is nothing, also because a part of the path is a file. */
export function statOf(path: string, stat: typeof statSync): ReturnType<typeof statSync> {
  try {
    return stat(path, { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return undefined;
    throw error;
  }
}
