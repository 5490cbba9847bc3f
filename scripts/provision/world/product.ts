import { createRequire } from "node:module";
import { about } from "./about";
import type { Product } from "./index";

/** The product itself; what only some commands need is loaded when they need it. */
export const product: Product = {
  about,
  synthesise: async (layers, loaded, to) => {
    const { synthesise } = await import("../../../main.ts");
    synthesise(layers, loaded, to);
  },
  // require, not import: ts-node compiles what is required.
  loadModule: (path): unknown => createRequire(path)(path),
  startRehearsal: async (options) => {
    const { startRehearsal } = await import("../../../rehearsal/index.ts");
    return startRehearsal(options);
  },
};
