import { accessSync, constants, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Where the system's folder for temporary files cannot be written, as in a container with a read-only root file system, this
 * process and what it starts use one beside what runs keep. Node and Go both read TMPDIR.
 */
export function ensureTemporaryFolder(root: string, environment: NodeJS.ProcessEnv): void {
  try {
    accessSync(tmpdir(), constants.W_OK);
  } catch {
    const folder = join(root, ".provision/tmp");
    try {
      mkdirSync(folder, { recursive: true });
    } catch {
      // Commands that only print need none; the others say what cannot be written.
      return;
    }
    environment["TMPDIR"] = folder;
  }
}
