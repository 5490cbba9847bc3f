// What ts-node compiles with, see "ts-node" in tsconfig.json: swc, with packages loaded when one of their exports is
// first used instead of when a file that imports them is loaded. cdktf and the constructs of its providers take a
// third of the time in which a mistake in an environment file is reported, and that needs none of them.
const swc = require("@swc/core");

/** Called by ts-node for every file; `lazy: true` leaves imports of our own files as they are. */
exports.transformSync = (source, options) =>
  swc.transformSync(
    source,
    options.module ? { ...options, module: { ...options.module, lazy: true } } : options,
  );
