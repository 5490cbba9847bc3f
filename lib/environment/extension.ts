import { exitCodes, UserError } from "../errors";
import type { AnyLayer } from "../layer/layer";

/** Loads the layer that the module at an absolute path exports; `file` is the environment file that names it. */
export function extensionLayer(
  { loadModule }: { readonly loadModule: (absolutePath: string) => unknown },
  file: string,
  path: string,
): AnyLayer {
  const fail = (truth: string, hint: string) =>
    new UserError(`Cannot load extension "${path}": ${truth}`, hint, exitCodes.configInvalid);
  let exported: unknown;
  try {
    exported = loadModule(path);
  } catch (error) {
    const { truth, hint } = explained(error, path);
    throw fail(truth, `${hint}, or "extensions" in ${file}`);
  }
  const found = layerIn(exported);
  if (typeof found === "object") return found;
  throw fail(
    found,
    `Export a layer from it (export const layer = defineLayer({…})), or correct "extensions" in ${file}`,
  );
}

/** The layer; or why there is none. */
function layerIn(exported: unknown): AnyLayer | string {
  if (typeof exported !== "object" || exported === null || !("layer" in exported))
    return 'it exports no "layer"';
  if (isLayer(exported.layer)) return exported.layer;
  return 'the "layer" that it exports was not created by defineLayer()';
}

/** Whether it has what every layer has; that the parts fit each other is checked by the compiler alone. */
function isLayer(value: unknown): value is AnyLayer {
  const { name, needs, outputs, settings, build } = Object(value) as Partial<Record<keyof AnyLayer, unknown>>;
  return (
    typeof name === "string" &&
    [needs, outputs, settings].every((part) => typeof part === "object" && part !== null) &&
    typeof build === "function"
  );
}

/** Why a module cannot be loaded, and what to correct. */
function explained(error: unknown, path: string): { readonly truth: string; readonly hint: string } {
  const message = error instanceof Error ? error.message : "it throws";
  const [first = "", , importer = ""] = message.split("\n");
  const module = /^Cannot find (?:module|package) '([^']+)'/.exec(first)?.[1];
  if (module === undefined)
    return { truth: `${first.trim()}${positionIn(message)}`, hint: `Correct ${path}` };
  if (module === path) return { truth: "there is no such module", hint: "Correct the path" };
  const place = importer.replace(/^- /, "") || path;
  const truth = `${place} imports "${module}", which is not found from there`;
  if (/^[./]/.test(module)) return { truth, hint: "Correct the import" };
  return {
    truth,
    hint: `Install it, run: npm install --prefix ${folderOf(place)} ${packageOf(module)}; or correct the import`,
  };
}

/** Where the compiler shows what it does not understand. */
function positionIn(message: string): string {
  const position = /\[(\S+:\d+:\d+)\]/.exec(message)?.[1];
  return position === undefined ? "" : ` at ${position}`;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

/** `zod` of `zod/v4`, `@aws-sdk/client-sts` of `@aws-sdk/client-sts/dist`. */
function packageOf(module: string): string {
  return module
    .split("/")
    .slice(0, module.startsWith("@") ? 2 : 1)
    .join("/");
}
