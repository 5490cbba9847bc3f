import { writeFileSync } from "node:fs";
import { getSystemErrorMap } from "node:util";

/** As Node throws it when the system refuses something. */
interface SystemError extends Error {
  readonly code: string;
  readonly errno: number;
  path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    "errno" in error &&
    typeof error.errno === "number"
  );
}

/** Writes a file; a system error names its path, also where Node leaves it out: when the disk becomes full. */
export function writeFile(path: string, content: string | Buffer): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    if (isSystemError(error)) error.path ??= path;
    throw error;
  }
}

/** `Cannot use "/work/cloud/vpc-1.json": no space left on device (ENOSPC)`; undefined if an error is not of the file system. */
export function fileErrorText(error: unknown): string | undefined {
  if (!isSystemError(error) || error.path === undefined) return undefined;
  const [, meaning = "the system refuses"] = getSystemErrorMap().get(error.errno) ?? [];
  return `Cannot use "${error.path}": ${meaning} (${error.code})`;
}
