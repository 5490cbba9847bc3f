import { createRequire } from "node:module";
import { synthesise } from "../../../main";
import { startRehearsal } from "../../../rehearsal/index";
import type { Product } from "../world";

/** The product itself. */
export const product: Product = {
  synthesise: (layers, loaded, to) => {
    synthesise(layers, loaded, to);
  },
  // require, not import: ts-node compiles what is required.
  loadModule: (path): unknown => createRequire(path)(path),
  startRehearsal,
};
