import { extensionPaths, loadEnvironment, type LoadedEnvironment } from "../../lib/environment/environment";
import { exitCodes, UserError } from "../../lib/errors";
import { type AnyLayer, inOrder } from "../../lib/layer/layer";
import { suggestion } from "../../lib/suggestions";
import type { World } from "./world/index";

/** An environment file that was found and checked, with the layers it brings itself. */
export interface FoundEnvironment {
  readonly layers: readonly AnyLayer[];
  readonly loaded: LoadedEnvironment;
  /** Its path, relative to where the product was started. */
  readonly file: string;
  /** Where paths in the file start. */
  readonly folder: string;
}

/** Finds the environment file of that name or path, and checks it against every layer. */
export function findEnvironment(
  world: World,
  builtIn: readonly AnyLayer[],
  nameOrPath: string,
): FoundEnvironment {
  const file = environmentPath(nameOrPath);
  const text = world.files.read(file);
  if (text === undefined) throw notFound(world, nameOrPath, file);
  const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : ".";
  const read = (path: string) => world.files.read(path.startsWith("/") ? path : `${folder}/${path}`);
  const source = { file: world.files.absolute(file), text };
  const layers = inOrder([
    ...builtIn,
    ...extensionPaths(source).map((path) => extensionLayer(world, file, path)),
  ]);
  return {
    layers,
    loaded: loadEnvironment(layers, { file, text, read, now: world.clock.now() }),
    file,
    folder,
  };
}

/** The file that `--env` means, relative to where the product was started. */
function environmentPath(nameOrPath: string): string {
  return isPath(nameOrPath) ? nameOrPath : `configs/${nameOrPath}.yaml`;
}

function isPath(nameOrPath: string): boolean {
  return nameOrPath.includes("/") || /\.ya?ml$/.test(nameOrPath);
}

function notFound(world: World, name: string, file: string): UserError {
  const names = world.files
    .list("configs")
    .filter((entry) => entry.endsWith(".yaml"))
    .map((entry) => entry.slice(0, -".yaml".length));
  const meant = suggestion(name, names);
  return new UserError(
    `Cannot read environment "${name}": there is no file ${file}`,
    meant === undefined ? `Choose from: ${names.join(", ")}` : `Did you mean --env ${meant}?`,
    exitCodes.configInvalid,
  );
}

function extensionLayer(world: World, file: string, path: string): AnyLayer {
  const exported = loadModule(world, file, path);
  if (typeof exported === "object" && exported !== null && "layer" in exported)
    // defineLayer gave it its shape; nothing short of the compiler could check it here.
    return exported.layer as AnyLayer;
  throw extensionError(file, path, 'it exports no "layer"');
}

function loadModule(world: World, file: string, path: string): unknown {
  try {
    return world.product.loadModule(path);
  } catch (error) {
    throw extensionError(
      file,
      path,
      error instanceof Error ? (error.message.split("\n")[0] ?? "") : "it throws",
    );
  }
}

function extensionError(file: string, path: string, truth: string): UserError {
  return new UserError(
    `Cannot load extension "${path}": ${truth}`,
    `Export a layer from it (export const layer = defineLayer({…})), or correct "extensions" in ${file}`,
    exitCodes.configInvalid,
  );
}
