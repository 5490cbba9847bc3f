import type { LockStore, Written } from "../aws/lock-store";
import type { Run } from "../run/run";

/** The lock of a rehearsal: a file among its own, which only runs in the same checkout meet. */
export function lockInFolder({ world, folders }: Pick<Run, "world" | "folders">): LockStore {
  const { files } = world;
  const path = `${folders.own}/environment.lock`;
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
