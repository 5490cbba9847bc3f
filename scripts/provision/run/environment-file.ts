import { findEnvironment as find, type FoundEnvironment } from "../../../lib/environment/find";
import { programLine } from "../command-line/help";
import type { AnyLayer } from "../../../lib/layer/layer";
import { quoted } from "../command-line/quoted";
import type { World } from "../world/index";

/** Finds the environment file of that name or path in this world, and checks it against every layer. */
export function findEnvironment(
  { files, product, clock }: World,
  builtIn: readonly AnyLayer[],
  { env, invalidLayers }: { readonly env: string; readonly invalidLayers: boolean },
): FoundEnvironment {
  return find(env, builtIn, {
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
