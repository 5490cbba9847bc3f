import Module, { createRequire } from "node:module";
import { join } from "node:path";

/** The product's folder, and the name by which modules outside it import its files. */
const folder = join(__dirname, "..");
const name = "edge-orchestrator-aws";

/** What Node calls for every `require`; not in its types: https://github.com/nodejs/node/blob/v22.x/lib/internal/modules/cjs/loader.js */
type Resolve = (
  request: string,
  parent?: { readonly filename?: string },
  ...more: readonly unknown[]
) => string;

let shared = false;

/** Loads the module at an absolute path, wherever it is; it can import the product's files by name, and its packages. */
export function loadModule(path: string): unknown {
  if (!shared) sharePackages();
  shared = true;
  // require, not import: ts-node compiles what is required.
  return createRequire(path)(path);
}

/**
 * Node looks for packages above the file that imports them. A module in its user's folder would need copies of the product's,
 * and layers of two copies of cdktf do not fit together.
 */
function sharePackages(): void {
  // As described above.
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const resolve = loader._resolveFilename.bind(Module);
  const own = { ...module, filename: __filename, paths: module.paths };
  loader._resolveFilename = (request, parent, ...more) => {
    if (request.startsWith(`${name}/`))
      return resolve(join(folder, request.slice(name.length)), own, ...more);
    try {
      return resolve(request, parent, ...more);
    } catch (error) {
      if (!isPackage(request)) throw error;
      return orElse(error, () => resolve(request, own, ...more));
    }
  };
}

/** Where neither finds it, the importing module is at fault, and its error names it. */
function orElse(error: unknown, act: () => string): string {
  try {
    return act();
  } catch {
    throw error;
  }
}

function isPackage(request: string): boolean {
  return /^(@[^/]+\/)?[^./\\]/.test(request);
}
