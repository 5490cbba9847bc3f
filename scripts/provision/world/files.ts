import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Files } from "./index";

const ownerOnly = 0o600;

/** Real files; relative paths start at `root`. */
export function filesBelow(root: string): Files {
  const absolute = (path: string) => resolve(root, path);
  return {
    absolute,
    read: (path) => (isFile(absolute(path)) ? readFileSync(absolute(path), "utf8") : undefined),
    write: (path, text, kind) => {
      writeWhole(absolute(path), text, kind === "secret" ? { mode: ownerOnly } : {});
    },
    create: (path, text) => createWhole(absolute(path), text),
    append: (path, text) => {
      mkdirSync(dirname(absolute(path)), { recursive: true });
      appendFileSync(absolute(path), text, { mode: ownerOnly });
    },
    remove: (path) => {
      rmSync(absolute(path), { recursive: true, force: true });
    },
    list: (folder) => listBelow(absolute(folder)),
  };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/**
 * Writes a temporary file and renames it, so that readers see the old content or the new, never a part. A file that is
 * replaced keeps its permissions, and a link to it stays a link.
 */
function writeWhole(path: string, text: string, options: { mode?: number }): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const mode = options.mode ?? statSync(target, { throwIfNoEntry: false })?.mode;
  mkdirSync(dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}.draft`;
  try {
    writeFileSync(draft, text, options);
    if (mode !== undefined) chmodSync(draft, mode);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Systems of files without hard links, e.g. exFAT: https://man7.org/linux/man-pages/man2/link.2.html#ERRORS */
const withoutLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** A link, unlike a rename, replaces nothing: of two writers, one is refused. */
function createWhole(path: string, text: string): boolean {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  try {
    writeFileSync(draft, text);
    linkSync(draft, path);
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EEXIST") return false;
    if (!withoutLinks.has(code)) throw error;
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return false;
    renameSync(draft, path);
    return true;
  } finally {
    rmSync(draft, { force: true });
  }
}

function listBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
