import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { PlatformRelease } from "../../gitops/releases/platform-release";
import type { LayerStack } from "../../lib/layer/stack";

/** Namespaces of this layer's own releases. */
const ownNamespaces = { argocd: {}, gitea: {} };

/**
 * A label that every namespace has. The provider replaces all labels at once, foreign ones too, where its state has none:
 * https://github.com/hashicorp/terraform-provider-kubernetes/blob/v2.38.0/kubernetes/patch_operations.go
 */
const label = { "app.kubernetes.io/part-of": "edge-orchestrator" };

/**
 * Adds the namespaces that hold Secrets before the platform's charts run, those of this layer's releases, and the namespace
 * of the environment's Applications, which has its name, and others. The platform creates the rest itself; an application of
 * others may not, because a namespace has none.
 */
export function addNamespaces(
  stack: LayerStack,
  release: Pick<PlatformRelease, "namespaces">,
  others: readonly string[],
): NamespaceV1[] {
  const wanted: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    ...{ ...ownNamespaces, ...release.namespaces, [stack.environment.name]: {} },
    ...Object.fromEntries(others.map((name) => [name, {}])),
  };
  return Object.entries(wanted).map(
    ([name, labels]) =>
      new NamespaceV1(stack, `namespace-${name}`, { metadata: { name, labels: { ...label, ...labels } } }),
  );
}
