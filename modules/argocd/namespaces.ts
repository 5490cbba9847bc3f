import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { LayerStack } from "../../lib/layer/stack";

/** The namespaces of this layer's objects, with their labels; the platform creates the others itself. */
const platformNamespaces: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  argocd: {},
  gitea: {},
  "orch-boots": {},
  "orch-gateway": { "istio-injection": "enabled" },
};

/** Adds the platform's namespaces, and the namespace of the environment's Applications, which has its name. */
export function addNamespaces(stack: LayerStack): NamespaceV1[] {
  const wanted = { ...platformNamespaces, [stack.environment.name]: {} };
  return Object.entries(wanted).map(
    ([name, labels]) => new NamespaceV1(stack, `namespace-${name}`, { metadata: { name, labels } }),
  );
}
