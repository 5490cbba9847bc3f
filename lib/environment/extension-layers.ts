import { UserError } from "../errors";
import { type AnyLayer, inOrder } from "../layer/layer";
import type { EnvironmentSource } from "./environment";

/** The layers with those of the extensions that can follow them. */
export interface ExtendedLayers {
  readonly layers: readonly AnyLayer[];
  readonly missing: NonNullable<EnvironmentSource["missing"]>;
}

/** Adds the layer of every extension; what is wrong with one is a problem of its entry, beside the others of the file. */
export function withExtensions(
  builtIn: readonly AnyLayer[],
  paths: readonly string[],
  load: (path: string) => AnyLayer,
): ExtendedLayers {
  const missing: { index: number; error: UserError }[] = [];
  let layers = builtIn;
  for (const [index, path] of paths.entries()) {
    const error = refused(() => {
      if (paths.indexOf(path) < index) throw repeated(paths.indexOf(path));
      const layer = load(path);
      if (layers.some(({ name }) => name === layer.name)) throw sameName(layer.name);
      layers = inOrder([...layers, layer]);
    });
    if (error !== undefined) missing.push({ index, error });
  }
  return { layers, missing };
}

function refused(add: () => void): UserError | undefined {
  try {
    add();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  return undefined;
}

function repeated(first: number): UserError {
  return new UserError(`the module is the one of extensions[${first}]`, "Keep one of the two");
}

function sameName(name: string): UserError {
  return new UserError(
    `its layer is called "${name}", as is an earlier one`,
    "Give the layer of the module another name, or remove it from the list",
  );
}
