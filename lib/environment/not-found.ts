import { exitCodes, UserError } from "../errors";
import { suggestion } from "../suggestions";

/** Where environments are kept that are chosen by their name. */
export const environmentFolder = "configs";

const extension = ".yaml";

/** How the operator chooses an environment, and how a file for it is created. */
export interface Choosing {
  /** Paths of the files below a folder, relative to it. */
  readonly list: (folder: string) => readonly string[];
  /** E.g. `--env dev`. */
  readonly choice: (name: string) => string;
  /** The command line that creates the file of an environment. */
  readonly creation: (name: string) => string;
}

/** Why an environment is not found, with those that exist, and the command that creates it. */
export function notFound(choosing: Choosing, chosen: string, file: string): UserError {
  const entries = choosing.list(environmentFolder).filter((entry) => !entry.includes("/"));
  const names = entries
    .filter((entry) => entry.endsWith(extension))
    .map((entry) => entry.slice(0, -extension.length));
  const isPath = chosen === file;
  if (entries.length === 0 && !isPath)
    return new UserError(
      `Cannot read environment "${chosen}": the current folder has no ${environmentFolder}/`,
      `Change to the folder that has it; or run, to create it here: ${choosing.creation(chosen)}`,
      exitCodes.configInvalid,
    );
  const others = names.length === 0 ? "" : `; there are: ${names.join(", ")}`;
  return new UserError(
    `Cannot read environment "${chosen}": there is no file ${file}${others}`,
    hintFor(choosing, { chosen, entries, names, isPath }),
    exitCodes.configInvalid,
  );
}

interface Found {
  readonly chosen: string;
  readonly entries: readonly string[];
  readonly names: readonly string[];
  readonly isPath: boolean;
}

function hintFor(choosing: Choosing, { chosen, entries, names, isPath }: Found): string {
  if (isPath) return "Correct the path: it starts from the current folder";
  const otherEnding = `${chosen}.yml`;
  if (entries.includes(otherEnding))
    return `Rename ${environmentFolder}/${otherEnding} to ${chosen}${extension}`;
  const meant = suggestion(chosen, names);
  const create = choosing.creation(chosen);
  return meant === undefined
    ? `Run: ${create}`
    : `Did you mean ${choosing.choice(meant)}? To create "${chosen}", run: ${create}`;
}
