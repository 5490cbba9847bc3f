import {
  environmentPath,
  findEnvironment as find,
  type FoundEnvironment,
} from "../../../lib/environment/find";
import { programLine } from "../command-line/help";
import type { AnyLayer } from "../../../lib/layer/layer";
import { quoted } from "../command-line/quoted";
import type { World } from "../world/index";

/** Which environment is meant, and what for. */
interface Wanted {
  readonly env: string;
  readonly invalidLayers: boolean;
  readonly rehearse: boolean;
}

/** Finds the environment file of that name or path in this world, and checks it against every layer. */
export function findEnvironment(
  world: World,
  builtIn: readonly AnyLayer[],
  { env, invalidLayers, rehearse }: Wanted,
): FoundEnvironment {
  const { files, product, clock } = world;
  return find(rehearse && isOnlyTheProducts(world, env) ? product.devEnvironment : env, builtIn, {
    invalidLayers,
    read: (path) => files.read(path),
    kind: (path) => files.kind(path),
    list: (folder) => files.list(folder),
    absolute: (path) => files.absolute(path),
    loadModule: (path) => product.loadModule(path),
    now: clock.now(),
    choice: (name) => `--env ${quoted(name)}`,
    creation: (name) => `${programLine} init --env ${quoted(name)}`,
  });
}

/** A rehearsal needs no account, so that it is the first thing to try, in a folder in which there is nothing yet. */
function isOnlyTheProducts({ files }: World, env: string): boolean {
  return env === "dev" && files.kind(environmentPath(env)) === "nothing";
}
