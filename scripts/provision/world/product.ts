import { join } from "node:path";
import { loadModule } from "../../../lib/load-module";
import { about } from "./about";
import type { Product } from "./index";
import { fileNamed, productFolder, rehearsalCache } from "./installation";

/** The product itself; what only some commands need is loaded when they need it. */
export const product: Product = {
  about,
  devEnvironment: join(productFolder, "configs/dev.yaml"),
  fileNamed,
  synthesise: async (layers, loaded, to) => {
    const { synthesise } = await import("../../../main.ts");
    synthesise(layers, loaded, to);
  },
  loadModule,
  startRehearsal: async (options) => {
    const { startRehearsal } = await import("../../../rehearsal/index.ts");
    const cache = rehearsalCache();
    return startRehearsal({ ...options, ...(cache === undefined ? {} : { cache }) });
  },
};
