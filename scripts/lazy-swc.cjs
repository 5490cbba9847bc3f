// What ts-node compiles with, see "ts-node" in tsconfig.json: swc with settings that ts-node does not pass on.
const swc = require("@swc/core");

// The space for new objects stays as it is: it would double up to three times 16 MB, for which a synthesis is no faster.
require("node:v8").setFlagsFromString("--semi-space-growth-factor=1");

const settings = {
  // A stack trace is mapped by lines alone; the source would be in memory three times.
  inlineSourcesContent: false,
  inputSourceMap: false,
  emitSourceMapColumns: false,
};

/**
 * Called by ts-node for every file. `lazy` loads a package when one of its exports is first used instead of when a
 * file that imports it is loaded, and leaves imports of our own files as they are: cdktf and the constructs of its
 * providers take a third of the time in which a wrong environment file is reported, and that needs none of them.
 */
exports.transformSync = (source, options) =>
  swc.transformSync(
    source,
    // ts-node's first call only asks which target swc knows.
    options.module ? { ...options, ...settings, module: { ...options.module, lazy: true } } : options,
  );
