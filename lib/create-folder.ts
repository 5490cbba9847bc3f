import { lstatSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Code of the error for a link to nowhere, of which the system only says that it exists. */
export const danglingLink = "DANGLING_LINK";

/**
 * Creates a folder and those above it. `mkdirSync` with `recursive` never returns where the system says of a folder that
 * it does not exist although its parent does, as Linux does below /proc (Node 20).
 */
export function createFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const parent = dirname(path);
  if (parent !== path) createFolder(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process created it meanwhile.
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() === true) return;
    if (found !== undefined || lstatSync(path, { throwIfNoEntry: false }) === undefined) throw error;
    throw Object.assign(new Error(`${path} is a link to nowhere`), {
      code: danglingLink,
      path,
      syscall: "mkdir",
    });
  }
}
