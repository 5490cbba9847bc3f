import type { Handlers } from "../protocol/tfplugin";
import type { SimulatedProvider } from "./provider";
import { dataSourceHandlers } from "./data-handlers";
import { ephemeralHandlers } from "./ephemeral-handlers";
import { providerHandlers } from "./provider-handlers";
import { resourceHandlers } from "./resource-handlers";

/** Answers every call of the plugin protocol for one simulated provider. */
export function handlersOf(provider: SimulatedProvider): Handlers {
  return {
    ...providerHandlers(provider),
    ...resourceHandlers(provider),
    ...dataSourceHandlers(provider),
    ...ephemeralHandlers(provider),
  };
}
