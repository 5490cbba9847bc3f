import { createRequire } from "node:module";
import { synthesise } from "../../../main";
import { startRehearsal } from "../../../rehearsal/index";
import type { PolicyCommands, Product } from "../world";

/** The product itself. */
export const product: Product = {
  synthesise: (layers, loaded, to) => {
    synthesise(layers, loaded, to);
  },
  // require, not import: ts-node compiles what is required.
  loadModule: (path): unknown => createRequire(path)(path),
  startRehearsal,
  // The compiler checks these two functions where tests import the file.
  policyCommands: () => createRequire(__filename)("../policy") as PolicyCommands,
};
