import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../lib/errors";
import { runProgram } from "./run-program";
import { tools } from "./tools";

/** A commit, and the time of everything that is made of it. */
interface Source {
  readonly name: string;
  readonly version: string;
  readonly commit: string;
  readonly epoch: number;
}

/** Unpacks the commit that is checked out, which must be all that there is. */
export function unpackCommit(checkout: string, to: string): Source {
  const git = (...args: readonly string[]) => runProgram(tools.git, { folder: checkout }, ...args).trim();
  const changed = git("status", "--porcelain").split("\n").filter(Boolean);
  if (changed.length > 0) {
    throw new UserError(
      `Cannot make the release: ${changed.length} files differ from the commit, e.g. ${changed[0]?.slice(3) ?? ""}`,
      "Commit them, or remove what does not belong there: git status",
    );
  }
  const archive = `${to}.tar`;
  // The commit's name is what the file of its stamp is replaced by, see .gitattributes.
  git("archive", "--format=tar", "-o", archive, "HEAD");
  mkdirSync(to, { recursive: true });
  runProgram(tools.tar, { folder: to }, "xf", archive);
  rmSync(archive);
  // The product's own, which npm requires to have both.
  const { name, version } = JSON.parse(readFileSync(join(to, "package.json"), "utf8")) as Source;
  return {
    name,
    version,
    commit: git("rev-parse", "HEAD"),
    epoch: epochOf(git("log", "-1", "--format=%ct")),
  };
}

/** https://reproducible-builds.org/specs/source-date-epoch/ */
function epochOf(ofCommit: string): number {
  const given = process.env["SOURCE_DATE_EPOCH"] ?? ofCommit;
  if (/^\d{1,10}$/.test(given)) return Number(given);
  throw new UserError(
    `Cannot make the release: SOURCE_DATE_EPOCH is "${given}"`,
    "Specify a number of seconds since 1970, or unset it for the commit's time",
  );
}
