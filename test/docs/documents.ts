import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./code-blocks";

/** Files in folders of the repository, by their paths. */
export function filesBelow(name: RegExp, ...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => name.test(path))
      .map((path) => `${folder}/${path}`),
  );
}

/** What people read, by its path in the repository. */
export const documents: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "rehearsal/README.md",
  ...filesBelow(/\.md$/, "docs"),
];

/** A file of the repository. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
