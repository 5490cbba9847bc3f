import { createRequire } from "node:module";
import { synthesise } from "../../../main";
import type * as rehearsal from "../../../rehearsal/index";
import type { PolicyCommands, Product } from "./index";

/** What only some commands need is loaded when they need it: a mistake in an environment file is told in a second. */
const load = createRequire(__filename);

/** The product itself. */
export const product: Product = {
  synthesise: (layers, loaded, to) => {
    synthesise(layers, loaded, to);
  },
  // require, not import: ts-node compiles what is required.
  loadModule: (path): unknown => createRequire(path)(path),
  // The compiler checks what is loaded where tests import these files.
  startRehearsal: (options) => (load("../../../rehearsal/index") as typeof rehearsal).startRehearsal(options),
  policyCommands: () => ({
    ...(load("../commands/policy/policy") as Pick<PolicyCommands, "judgeLayers">),
    ...(load("../commands/iam") as Pick<PolicyCommands, "printDeployerRights">),
  }),
};
