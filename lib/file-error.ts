import { danglingLink } from "./create-folder";
import { FileError } from "./errors";

/** What was tried with a file or folder, and where. */
export interface FileAttempt {
  readonly verb: "read" | "write" | "remove" | "list" | "use";
  /** Unset where the system does not say: in errors of files that are open. */
  readonly path?: string;
}

/** What an error of the file system means, and what to do about it; codes as in `man 3 errno`. */
const meanings: Readonly<Record<string, readonly [truth: string, hint: (path: string) => string]>> = {
  EACCES: ["permission is denied", permit],
  EPERM: ["permission is denied", permit],
  EROFS: [
    "the file system is read-only",
    (path) => ownFolder(path) ?? "Choose a path on a file system that can be written",
  ],
  ENOENT: ["no file or folder can be created there", () => "Choose another path"],
  ENOTDIR: ["a part of the path is a file, not a folder", () => "Choose a path below a folder"],
  EEXIST: ["a part of the path is a file, not a folder", () => "Choose a path below a folder"],
  EISDIR: ["it is a folder", () => "Specify the path of a file"],
  ENOSPC: ["no space is left on the device", () => "Free disk space, and run the command again"],
  EDQUOT: ["the disk quota is used up", () => "Free disk space, and run the command again"],
  ENAMETOOLONG: ["the path is too long", () => "Choose a shorter path"],
  ELOOP: ["its symbolic links form a loop", (path) => `Correct the links: ls -l "${path}"`],
  EMFILE: ["this process has too many open files", () => "Raise the limit, e.g. ulimit -n 4096"],
  ENFILE: ["the system has too many open files", () => "Close other programs, and run the command again"],
  EBUSY: ["another program uses it", () => "End that program, and run the command again"],
  ERR_FS_FILE_TOO_LARGE: ["it is too large", () => "Specify the path of a smaller file"],
  ERR_STRING_TOO_LONG: ["it is too large", () => "Specify the path of a smaller file"],
  [danglingLink]: [
    "a part of the path is a symbolic link that leads nowhere",
    () => "Correct or remove the link, or choose another path",
  ],
  ERR_INVALID_ARG_VALUE: ["the path contains a null byte", () => "Correct the path"],
};

function permit(path: string): string {
  return ownFolder(path) ?? "Give your user the permission, or choose another path";
}

/** What to do about a path that the operator has not chosen. */
function ownFolder(path: string): string | undefined {
  if (/(^|\/)(\.provision|cdktf\.out)(\/|$)/.test(path))
    return "Run the command in a folder that your user may write to";
  if (/(^|\/)provision-[\da-f]{16}(\/|$)/.test(path))
    return "Set TMPDIR to a folder that your user may write to";
  return undefined;
}

/** A system error as an error that the operator can correct; undefined when it is none of the file system. */
export function fileError(error: unknown, attempt = attemptOf(error)): FileError | undefined {
  if (attempt === undefined || !(error instanceof Error) || !("code" in error)) return undefined;
  if (typeof error.code !== "string") return undefined;
  const { verb, path } = attempt;
  const known = meanings[error.code];
  if (known !== undefined) {
    const [truth, hint] = known;
    const what = path === undefined ? "a file" : `"${path}"`;
    return new FileError(`Cannot ${verb} ${what}: ${truth}`, hint(path ?? ""));
  }
  if (!("syscall" in error) || path === undefined) return undefined;
  const hint = "Check the disk or the network share, and run the command again";
  return new FileError(`Cannot ${verb} "${path}": the system reports ${error.code}`, hint);
}

/** What an error of the file system says of itself; sockets and processes have paths too. */
function attemptOf(error: unknown): FileAttempt | undefined {
  if (!(error instanceof Error) || !("syscall" in error) || typeof error.syscall !== "string")
    return undefined;
  const { syscall } = error;
  if ("path" in error && typeof error.path === "string")
    return /^(spawn|connect|bind|listen)/.test(syscall) ? undefined : { verb: "use", path: error.path };
  // Calls on a descriptor; of these, sockets have read and write too, but other codes.
  return /^(write|read|close|f(data)?sync|ftruncate)$/.test(syscall) ? { verb: "use" } : undefined;
}

/** Does something with a file, and throws its system error as one that the operator can correct. */
export function withFile<Result>(attempt: FileAttempt, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw fileError(error, attempt) ?? error;
  }
}
