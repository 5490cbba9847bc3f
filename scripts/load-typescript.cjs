// From here on, this process loads TypeScript files as ts-node does, without TypeScript: ts-node reads tsconfig.json with it, which takes
// a tenth of the time of a synthesis.
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const sourceMapSupport = require("@cspotcode/source-map-support");
const { create } = require("ts-node/transpilers/swc");

/** By which stack traces have the lines of the sources. */
const sourceMaps = new Map();
sourceMapSupport.install({
  environment: "node",
  retrieveSourceMap: (path) => (sourceMaps.has(path) ? { url: path, map: sourceMaps.get(path) } : null),
});

// What tsconfig.json says, in TypeScript's numbers: ES2022 and CommonJS.
const options = { target: 9, module: 1, strict: true, esModuleInterop: true, sourceMap: true };
const { transpile } = create({ swc: require("./lazy-swc.cjs"), service: { config: { options } } });

Module._extensions[".ts"] = (module, filename) => {
  const { outputText, sourceMapText } = transpile(readFileSync(filename, "utf8"), { fileName: filename });
  sourceMaps.set(filename, sourceMapText);
  module._compile(outputText, filename);
};
