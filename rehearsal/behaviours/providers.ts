import type { ProviderDefinition } from "../engine/provider-definition";
import { awsProvider } from "./aws/provider";
import { helmProvider } from "./helm";
import { kubernetesProvider } from "./kubernetes";
import { memberOf } from "../schema/records";

const providers: Readonly<Record<string, (() => ProviderDefinition) | undefined>> = {
  aws: awsProvider,
  kubernetes: kubernetesProvider,
  helm: helmProvider,
};

/** The definition of a simulated provider, by its short name. */
export function providerDefinition(name: string): ProviderDefinition {
  const provider = memberOf(providers, name);
  if (!provider)
    throw new Error(`Cannot simulate provider "${name}": known are ${Object.keys(providers).join(", ")}`);
  return provider();
}
