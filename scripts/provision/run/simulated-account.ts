import type { FoundEnvironment } from "../../../lib/environment/find";
import type { CommandDeclaration } from "../command-line/define";
import type { RehearsalFaults, RunningRehearsal, World } from "../world/index";
import { forgetCreations } from "./creations";
import type { RunFolders } from "./folders";

/** What is rehearsed. */
interface Rehearsed {
  readonly command: CommandDeclaration;
  readonly found: FoundEnvironment;
  readonly faults: RehearsalFaults;
}

/** Starts the simulated account of a rehearsal; undefined on a real run. */
export async function startRehearsal(
  world: World,
  { command, found, faults }: Rehearsed,
  folders: RunFolders,
): Promise<RunningRehearsal | undefined> {
  if (folders.simulation === undefined) return undefined;
  // A full cycle starts from nothing; a rehearsal that is kept goes on from where it was.
  if (isFullCycle(command))
    for (const folder of [folders.simulation, folders.synthesised, folders.unprotected, folders.bootstrap])
      world.files.remove(folder);
  if (isFullCycle(command)) for (const { name } of found.layers) forgetCreations(world.files, folders, name);
  const { environment, settings } = found.loaded;
  const { account, region, partition } = environment;
  const seeds = found.layers.flatMap(
    (layer) => layer.preconditions?.({ environment, settings: settings[layer.name] }) ?? [],
  );
  const directory = world.files.absolute(folders.simulation);
  const configurations = [folders.synthesised, folders.unprotected].map((path) => world.files.absolute(path));
  return world.product.startRehearsal({
    ...{ directory, seeds, account, region, partition, faults, configurations },
  });
}

/** Whether a command applies, plans and destroys everything. */
export function isFullCycle({ uses }: CommandDeclaration): boolean {
  return uses.rehearsal === "always";
}
