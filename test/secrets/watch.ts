import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { World } from "../../scripts/provision/world/index";
import type { WatchedWorld } from "../provision/real-world";
import { holds, type Secret } from "./traces";
import { unzip } from "./zip";

/** An observed text, with a description of its source. */
export interface Sight {
  readonly what: string;
  readonly bytes: Buffer;
}

/** A world whose Terraform is looked at while it runs. */
export interface ObservedWorld extends WatchedWorld {
  readonly sights: Sight[];
}

/** Records input and output of every Terraform command, and the files in its folder when it ended, including plans. */
export function observe(world: WatchedWorld): ObservedWorld {
  const sights: Sight[] = [];
  const processes: World["processes"] = {
    ...world.processes,
    async run(command) {
      const finished = await world.processes.run(command);
      const layer = basename(command.folder);
      const verb = command.arguments.filter((word) => /^[a-z]+$/.test(word)).join(" ");
      const said = `${finished.stdout}${finished.stderr}`;
      sights.push(
        { what: "an argument of Terraform", bytes: Buffer.from(command.arguments.join(" ")) },
        { what: `what terraform ${verb} says of ${layer}`, bytes: Buffer.from(said) },
        ...lyingIn(world.files.absolute(command.folder), layer),
      );
      return finished;
    },
  };
  // Short, because sockets lie there, whose paths may have some hundred characters only.
  const temporary = world.files.absolute("tmp");
  mkdirSync(temporary);
  return { ...world, environment: { ...world.environment, TMPDIR: temporary }, processes, sights };
}

function lyingIn(folder: string, layer: string): readonly Sight[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
  return files.flatMap((name) => {
    if (!name.endsWith(".tfplan")) return sightsOf(join(folder, name), `${name} of ${layer}`);
    const reader = (statSync(join(folder, name)).mode & 0o077) === 0 ? "" : ", which others may read";
    return sightsOf(join(folder, name), `plan of ${layer}${reader}`);
  });
}

/** What a file holds; a plan is a zip file, and what is packed in it cannot be seen from outside. */
function sightsOf(file: string, what: string): readonly Sight[] {
  const bytes = readFileSync(file);
  const parts = bytes.subarray(0, 2).toString() === "PK" ? Object.values(unzip(bytes)) : [bytes];
  return parts.map((part) => ({ what, bytes: part }));
}

/** Where a secret was seen, each place once, in alphabetical order. */
export function whereabouts(secret: Secret, sights: readonly Sight[]): readonly string[] {
  return [...new Set(sights.filter(({ bytes }) => holds(bytes, secret)).map(({ what }) => what))].sort();
}

/** Everything that a run left behind: files below the world's root, and what was printed. */
export function leftBehind(world: WatchedWorld): readonly Sight[] {
  const root = world.files.absolute(".");
  const files = world.files
    .list(".")
    .filter((file) => statSync(join(root, file), { throwIfNoEntry: false })?.isFile());
  return [
    { what: "the screen", bytes: Buffer.from(world.printed.join("\n")) },
    ...files.flatMap((file) => sightsOf(join(root, file), placeOf(file))),
  ];
}

/** A description of a file; an unexpected file is named. */
function placeOf(file: string): string {
  const [, type] = /account\/cloud\/((?:aws|kubernetes)_\w+)\//.exec(file) ?? [];
  if (type !== undefined) return `simulated ${type}`;
  const [, layer] = /account\/s3\/[^/]+\/[\w-]+%2F([\w-]+)%2F[\w-]+$/.exec(file) ?? [];
  return layer === undefined ? file : `state of ${layer}`;
}
