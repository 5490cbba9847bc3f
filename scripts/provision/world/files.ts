import { createHash, randomBytes } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createFolder } from "../../../lib/create-folder";
import { type FileAttempt, withFile } from "../../../lib/file-error";
import { type FileKind, fileKind, statOf } from "../../../lib/file-kind";
import { isOwn } from "./file-owner";
import { assertWritable, freeBytes } from "./file-space";

/** Files, with paths relative to the folder the product was started in; folders come and go as needed. */
export interface Files {
  /** Undefined when there is no such file. */
  read(path: string): string | undefined;
  /** Length of a file in bytes. */
  size(path: string): number;
  /** So many bytes of a file from a position on, fewer at its end. */
  part(path: string, from: number, length: number): Buffer;
  kind(path: string): FileKind;
  /** Whether it is a symbolic link itself, wherever that leads. */
  isLink(path: string): boolean;
  /** Whole or not at all; `secret` files are readable by their owner alone. */
  write(path: string, content: string | Uint8Array, kind?: "secret"): void;
  /** Writes a program that everybody may run, whole or not at all. */
  writeProgram(path: string, content: Uint8Array): void;
  /** The SHA-256 of a file, in hexadecimal; undefined when there is no such file. */
  digest(path: string): string | undefined;
  /** Whether nobody but this user, its groups and root can change what is at a path; true if there is nothing. */
  isOwn(path: string): boolean;
  /** Writes a file that does not exist yet, whole or not at all; false when something of that name exists. */
  create(path: string, text: string): boolean;
  /** Adds to a file that only its owner may read; `flushed` survives a crash of the machine. */
  append(path: string, text: string, kind?: "flushed"): void;
  /** Removes a file or a folder with all it holds; a missing one is fine. */
  remove(path: string): void;
  /** Every file below a folder, sorted, relative to it; a link to a folder is one of them, and is not followed. */
  list(folder: string): readonly string[];
  absolute(path: string): string;
  /** An absolute path in the system's folder for temporary files, at which nothing is yet. */
  temporary(): string;
  /** Throws if a file could not be written now; writes nothing. */
  assertWritable(path: string): void;
  /** Bytes that this user may still write where a path is, or would be. */
  free(path: string): number;
}

const ownerOnly = 0o600;
const executable = 0o755;

/** Real files; relative paths start at `root`. What the system refuses is thrown as an error of the operator's own. */
export function filesBelow(root: string): Files {
  const absolute = (path: string) => resolve(root, path);
  const at = <Result>(verb: FileAttempt["verb"], path: string, act: (absolutePath: string) => Result) =>
    withFile({ verb, path }, () => act(absolute(path)));
  return {
    absolute,
    // Nobody can foresee it, and put a link of their own there.
    temporary: () => absolute(join(tmpdir(), `provision-${randomBytes(8).toString("hex")}`)),
    read: (path) =>
      at("read", path, (file) => (fileKind(file) === "file" ? readFileSync(file, "utf8") : undefined)),
    size: (path) => at("read", path, (file) => statSync(file).size),
    part: (path, from, length) => at("read", path, (file) => readPart(file, from, length)),
    kind: (path) => at("read", path, fileKind),
    isLink: (path) => at("read", path, (file) => statOf(file, lstatSync)?.isSymbolicLink() === true),
    isOwn: (path) => at("read", path, isOwn),
    write: (path, content, kind) => {
      at("write", path, (file) => {
        writeWhole(file, content, kind === "secret" ? { mode: ownerOnly } : {});
      });
    },
    writeProgram: (path, content) => {
      at("write", path, (file) => {
        writeWhole(file, content, { mode: executable });
      });
    },
    digest: (path) =>
      at("read", path, (file) => (fileKind(file) === "file" ? sha256(readFileSync(file)) : undefined)),
    assertWritable: (path) => {
      at("write", path, assertWritable);
    },
    free: (path) => at("read", path, freeBytes),
    create: (path, text) => at("write", path, (file) => createWhole(file, text)),
    append: (path, text, kind) => {
      at("write", path, (file) => {
        createFolder(dirname(file));
        appendFileSync(file, text, { mode: ownerOnly, flush: kind === "flushed" });
      });
    },
    remove: (path) => {
      at("remove", path, (file) => {
        // Where a part of the path is a file, there is nothing either, but the removal would fail.
        if (statOf(file, lstatSync) !== undefined) rmSync(file, { recursive: true, force: true });
      });
    },
    list: (folder) => at("list", folder, listBelow),
  };
}

function readPart(path: string, from: number, length: number): Buffer {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(length);
    let filled = 0;
    // A read may give less than was asked for.
    for (let count = -1; count !== 0 && filled < length; filled += count)
      count = readSync(file, buffer, filled, length - filled, from + filled);
    return buffer.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}

/**
 * Writes a temporary file and renames it, so that readers see the old content or the new, never a part. A file that is
 * replaced keeps its permissions, and a link to it stays a link; a device such as /dev/stdout is written to.
 */
function writeWhole(path: string, text: string | Uint8Array, options: { mode?: number }): void {
  createFolder(dirname(path));
  const replaced = statSync(path, { throwIfNoEntry: false });
  // Writing to a folder fails with the reason, and renaming something over a device or a pipe would replace it. The
  // target of a link to a pipe, e.g. of /dev/stdout, is no path.
  if (replaced?.isFile() === false) {
    writeFileSync(path, text);
    return;
  }
  const target = replaced === undefined ? path : realpathSync(path);
  const mode = options.mode ?? replaced?.mode;
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

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Systems of files without hard links, e.g. exFAT: https://man7.org/linux/man-pages/man2/link.2.html#ERRORS */
const withoutLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** A link, unlike a rename, replaces nothing: of two writers, one is refused. */
function createWhole(path: string, text: string): boolean {
  createFolder(dirname(path));
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

/** By itself, since `readdir` with `recursive` follows links in some versions of Node, and does not in others. */
function listBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory()
        ? listBelow(join(folder, entry.name)).map((file) => join(entry.name, file))
        : [entry.name],
    )
    .sort();
}
