// What ts-node compiles with, see "ts-node" in tsconfig.json: swc with settings that ts-node does not pass on, for files
// that are not in its cache.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { basename, dirname, join, relative, sep } = require("node:path");
const { pid } = require("node:process");
const { keepCompiled } = require("./code-cache.cjs");

endCompilerCache();

const settings = {
  // A stack trace is mapped by lines alone; the source would be in memory three times.
  inlineSourcesContent: false,
  inputSourceMap: false,
  emitSourceMapColumns: false,
};

const root = join(require.resolve("../package.json"), "..");
// An installed package is in the folder of packages; a checkout has one.
const packages = basename(dirname(root)) === "node_modules" ? dirname(root) : join(root, "node_modules");
const cacheFolder = join(packages, ".cache", "edge-orchestrator-aws");

const compilers = [
  join(root, "tsconfig.json"),
  require.resolve("./lazy-swc.cjs"),
  ...["@swc/core", "ts-node"].map((name) => require.resolve(`${name}/package.json`)),
];
keepCompiled(join(cacheFolder, "v8"), compilers);

/**
 * Called by ts-node for every file. `lazy` loads a package when one of its exports is first used instead of when a
 * file that imports it is loaded, and leaves imports of our own files as they are: cdktf and the constructs of its
 * providers take a third of the time in which a wrong environment file is reported, and that needs none of them.
 */
exports.transformSync = (source, options) => {
  // Before the first file, ts-node asks whether swc knows its settings. That of package.json does, and need not be loaded.
  if (!options.filename) return { code: "", map: "{}" };
  return cached(source, { ...options, ...settings, module: { ...options.module, lazy: true } });
};

/**
 * ts-node loads its compiler with a cache in the system's temporary folder. Where that cannot be saved, e.g. because the folder is nearly full,
 * the cache stays at work in place of Node, and no package of ES modules can be loaded: it says nowhere else which object it is.
 */
function endCompilerCache() {
  const loader = Module.prototype;
  if (loader._compile.name !== "_ownModuleCompile") return;
  const ofTsNode = Module.createRequire(require.resolve("ts-node/package.json"));
  const { prototype } = ofTsNode("v8-compile-cache-lib").__TEST__.NativeCompileCache;
  const { _moduleCompile } = prototype;
  prototype._moduleCompile = function () {
    this.uninstall();
    return () => undefined;
  };
  loader._compile.call({ exports: {} }, "", "empty.js");
  prototype._moduleCompile = _moduleCompile;
}

/** A file has one entry, which is of use only if it was compiled from exactly this, in exactly this way. */
function cached(source, options) {
  const entry = join(cacheFolder, relative(root, options.filename).replaceAll(sep, "+"));
  const origin = originOf(source, options);
  try {
    const { from, code, map } = JSON.parse(readFileSync(entry, "utf8"));
    if (from === origin) return { code, map };
  } catch {
    // Compiled for the first time.
  }
  const { code, map } = require("@swc/core").transformSync(source, options);
  keep(entry, JSON.stringify({ from: origin, code, map }));
  return { code, map };
}

function keep(entry, text) {
  const written = `${entry}.${pid}`;
  try {
    mkdirSync(cacheFolder, { recursive: true });
    writeFileSync(written, text);
    renameSync(written, entry);
  } catch {
    // In a folder that is read-only or full nothing is kept.
    rmSync(written, { force: true });
  }
}

function originOf(source, options) {
  const { version } = require("@swc/core/package.json");
  return createHash("sha256").update(version).update(JSON.stringify(options)).update(source).digest("base64");
}
