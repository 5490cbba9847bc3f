import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { productFolder } from "./installation";

/** Name and version of the product, and of what runs it; its commit from an archive's stamp or from the files of git, without running it. */
export function about(): {
  readonly name: string;
  readonly version: string;
  readonly commit: string | undefined;
  readonly node: string;
} {
  // The product's own, which npm requires to have both.
  const { name, version } = JSON.parse(textOf(join(productFolder, "package.json"))) as Record<
    "name" | "version",
    string
  >;
  return { name, version, commit: stampedCommit() ?? checkedOutCommit(productFolder), node: process.version };
}

/** `git archive` replaces the text of this file: https://git-scm.com/docs/gitattributes#_export_subst */
function stampedCommit(): string | undefined {
  return commitIn(textOf(join(__dirname, "commit.txt")));
}

/** The commit of a clone or a worktree: https://git-scm.com/docs/gitrepository-layout */
export function checkedOutCommit(folder: string): string | undefined {
  const git = gitFolder(join(folder, ".git"));
  if (git === undefined) return undefined;
  const head = textOf(join(git, "HEAD"));
  const reference = /^ref: (\S+)/.exec(head)?.[1];
  if (reference === undefined) return commitIn(head);
  const shared = resolve(git, textOf(join(git, "commondir")).trim());
  const packed = textOf(join(shared, "packed-refs"))
    .split("\n")
    .find((line) => line.endsWith(` ${reference}`));
  return (
    commitIn(textOf(join(git, reference))) ?? commitIn(textOf(join(shared, reference))) ?? commitIn(packed)
  );
}

/** A worktree has a file in its place, which names the folder. */
function gitFolder(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  if (statSync(path).isDirectory()) return path;
  const named = /^gitdir: (.+)$/m.exec(textOf(path))?.[1];
  return named === undefined ? undefined : resolve(path, "..", named);
}

function commitIn(text = ""): string | undefined {
  return /^[0-9a-f]{40}\b/.exec(text)?.[0];
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
