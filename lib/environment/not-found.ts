import { exitCodes, UserError } from "../errors";
import type { FileKind } from "../file-kind";
import { environmentFolder } from "./environment-folder";
import { Environment } from "../layer/environment-schema";
import { suggestion } from "../suggestions";

const extension = ".yaml";

/** How the operator chooses an environment, and how a file for it is created. */
export interface Choosing {
  /** Paths of the files below a folder, relative to it. */
  readonly list: (folder: string) => readonly string[];
  readonly kind: (path: string) => FileKind;
  /** E.g. `--env dev`. */
  readonly choice: (name: string) => string;
  /** The command line that creates the file of an environment. */
  readonly creation: (name: string) => string;
}

type Obstacle = readonly [truth: string, hint: (file: string) => string];

const obstacles: Readonly<Partial<Record<FileKind, Obstacle>>> = {
  folder: ["is a folder", () => "Specify the path of a file"],
  other: ["is not a regular file", () => "Specify the path of a regular file"],
  "broken link": ["is a link that leads nowhere", (file) => `Correct the link: ls -l "${file}"`],
};

/** Whether a file for an environment of that name can be created. */
function isName(chosen: string): boolean {
  return Environment.shape.name.safeParse(chosen).success;
}

/** Why an environment is not found, with those that exist, and the command that creates it. */
export function notFound(choosing: Choosing, chosen: string, file: string): UserError {
  const obstacle = obstacles[choosing.kind(file)];
  if (obstacle !== undefined)
    return new UserError(
      `Cannot read environment "${chosen}": ${file} ${obstacle[0]}`,
      obstacle[1](file),
      exitCodes.configInvalid,
    );
  const entries = choosing.list(environmentFolder).filter((entry) => !entry.includes("/"));
  const names = entries
    .filter((entry) => entry.endsWith(extension))
    .map((entry) => entry.slice(0, -extension.length));
  const isPath = file !== `${environmentFolder}/${chosen}${extension}`;
  if (entries.length === 0 && !isPath)
    return new UserError(
      `Cannot read environment "${chosen}": the current folder has no ${environmentFolder}/`,
      isName(chosen)
        ? `Change to the folder that has it; or run, to create it here: ${choosing.creation(chosen)}`
        : "Change to the folder that has it",
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
  if (!isName(chosen))
    return meant === undefined
      ? "Specify the name of an environment, or the path of its file"
      : `Did you mean ${choosing.choice(meant)}?`;
  const create = choosing.creation(chosen);
  return meant === undefined
    ? `Run: ${create}`
    : `Did you mean ${choosing.choice(meant)}? To create "${chosen}", run: ${create}`;
}
