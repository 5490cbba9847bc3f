import type { Handlers } from "../protocol/tfplugin";
import type { SimulatedProvider } from "./provider";
import { isRecord } from "./record";
import { fromWire } from "./wire";
import { wireDiagnostics } from "./wire-diagnostics";

type ProviderCall =
  "GetMetadata" | "GetProviderSchema" | "ValidateProviderConfig" | "ConfigureProvider" | "StopProvider";

/** Calls about the provider itself. */
export function providerHandlers(provider: SimulatedProvider): Pick<Handlers, ProviderCall> {
  return {
    GetMetadata: () => ({ server_capabilities: { get_provider_schema_optional: true } }),
    GetProviderSchema: () => provider.parts.schemas.response(),
    ValidateProviderConfig: ({ config }) => ({ prepared_config: config }),
    ConfigureProvider: ({ config }) => {
      const values = fromWire(config);
      const { diagnostics } = provider.configure(isRecord(values) ? values : {});
      return { diagnostics: wireDiagnostics(diagnostics) };
    },
    StopProvider: () => {
      provider.stopper.stop();
      return {};
    },
  };
}
