import { statSync } from "node:fs";

/** Permission to write for everybody, https://man7.org/linux/man-pages/man7/inode.7.html */
const writableByAll = 0o002;

/** Whether nobody but this user, its groups and root can change what is at a path; true if there is nothing. */
export function isOwn(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return true;
  return [0, process.getuid?.()].includes(found.uid) && (found.mode & writableByAll) === 0;
}
