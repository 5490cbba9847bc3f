import { folderOf, readBeside } from "./beside";
import { parseConfigFile } from "./config-file";
import { extensionPaths, loadEnvironment, type LoadedEnvironment } from "./environment";
import { extensionLayer } from "./extension";
import { withExtensions } from "./extension-layers";
import { exitCodes, UserError } from "../errors";
import type { AnyLayer } from "../layer/layer";
import { environmentFolder } from "./environment-folder";
import { type Choosing, notFound } from "./not-found";

/** An environment file that was found and checked, with the layers it brings itself. */
export interface FoundEnvironment {
  readonly layers: readonly AnyLayer[];
  readonly loaded: LoadedEnvironment;
  /** Its path, relative to where the product was started. */
  readonly file: string;
  /** Where paths in the file start. */
  readonly folder: string;
}

/** What finding an environment file takes of the outside; relative paths start where the product was started. */
export interface EnvironmentReader extends Choosing {
  /** The text of a file; undefined when there is none. */
  readonly read: (path: string) => string | undefined;
  readonly absolute: (path: string) => string;
  /** Loads a module, compiling it if necessary; gives what it exports, throws when it cannot be loaded. */
  readonly loadModule: (absolutePath: string) => unknown;
  readonly now: Date;
  /** Finds the file also when settings of layers are wrong. */
  readonly invalidLayers?: boolean;
}

/** Finds the environment file of that name or path, and checks it against every layer. */
export function findEnvironment(
  nameOrPath: string,
  builtIn: readonly AnyLayer[],
  reader: EnvironmentReader,
): FoundEnvironment {
  const file = environmentPath(nameOrPath);
  const text = reader.read(file);
  if (text === undefined) throw notFound(reader, nameOrPath, file);
  assertReadable(file, text);
  const folder = folderOf(file);
  const read = readBeside(folder, reader.read);
  const parsed = parseConfigFile(text);
  const paths = extensionPaths({ file: reader.absolute(file), parsed });
  const { layers, missing } = withExtensions(builtIn, paths, (path) => extensionLayer(reader, file, path));
  const source = { ...reader, file, text, parsed, read, namedAfter: nameOf(file), missing };
  return { layers, loaded: loadEnvironment(layers, source), file, folder };
}

/** In characters and lines; configs/example.yaml, with every setting and its explanation, has a tenth. */
const largest = 256 * 1024;
const mostLines = 5000;

function assertReadable(file: string, text: string): void {
  const lines = text.split("\n").length;
  if (text.length > largest || lines > mostLines) {
    const size = `${lines} lines and ${Math.ceil(text.length / 1024)} KiB`;
    throw new UserError(
      `Cannot use ${file}: it has ${size}, and an environment file has at most ${mostLines} lines and ${largest / 1024} KiB`,
      "Check that it is the file you mean; configs/example.yaml shows what belongs into one",
      exitCodes.configInvalid,
    );
  }
  const stray = text.indexOf("\uFFFD");
  // UTF-16, as some editors and shells of Windows write it, has a null byte beside every Latin letter.
  if (!text.includes("\0") && stray < 0) return;
  // What is no UTF-8 was read as this character.
  const where = stray < 0 ? "" : `; line ${text.slice(0, stray).split("\n").length} is the first that is not`;
  throw new UserError(
    `Cannot use ${file}: it is not text in UTF-8${where}`,
    "Save it with the encoding UTF-8",
    exitCodes.configInvalid,
  );
}

/** The environment that a file is named after. */
function nameOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1).replace(/\.ya?ml$/, "");
}

/** The file that the name of an environment means; a path is taken as it is. */
export function environmentPath(nameOrPath: string): string {
  // A slash at the end names the same file, but it would be part of nothing that the file is called.
  return isPath(nameOrPath)
    ? nameOrPath.replace(/(?<=[^/])\/+$/, "")
    : `${environmentFolder}/${nameOrPath}.yaml`;
}

function isPath(nameOrPath: string): boolean {
  return nameOrPath.includes("/") || /\.ya?ml$/.test(nameOrPath);
}
