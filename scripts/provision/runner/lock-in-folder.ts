import type { LockStore, Written } from "../aws/lock-store";
import { commandLine } from "../command-line/request";
import type { Run } from "../run/run";

const pathOf = ({ folders }: Pick<Run, "folders">) => `${folders.own}/environment.lock`;

/** Removes a lock of which nobody can tell whose it is. `unlock` is of the real environment, also when a rehearsal is stuck. */
export function unlockLine(run: Pick<Run, "folders" | "request">): string {
  return run.request.rehearse
    ? `rm ${pathOf(run)}; then run: ${commandLine(run.request)}`
    : commandLine(run.request, { command: "unlock" });
}

/** The lock of a rehearsal: a file among its own, which only runs in the same checkout meet. */
export function lockInFolder({ world, folders }: Pick<Run, "world" | "folders">): LockStore {
  const { files } = world;
  const path = pathOf({ folders });
  const written = (etag: string): Promise<Written> => Promise.resolve({ kind: "written", etag });
  const conflict = (): Promise<Written> => Promise.resolve({ kind: "conflict" });
  return {
    create: (text) => (files.create(path, text) ? written(text) : conflict()),
    // The text itself names a version: each renewal counts up.
    replace: (text, etag) => {
      if (files.read(path) !== etag) return conflict();
      files.write(path, text);
      return written(text);
    },
    read: () => {
      const text = files.read(path);
      return Promise.resolve(
        text === undefined
          ? { kind: "none" as const }
          : { kind: "found" as const, text, etag: text, ageSeconds: undefined },
      );
    },
  };
}
