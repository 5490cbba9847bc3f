import type { Release } from "@cdktf/provider-helm/lib/release";
import { type ClusterFacts, rootApplicationValues } from "../../gitops/cluster-definition";
import type { LayerStack } from "../../lib/layer/stack";
import { objectsChart } from "./plain-objects";
import { type Chart, install } from "./releases";

/** Installs the root application, which renders all others, after Argo CD has installed its CRDs. */
export function addRootApplication(
  stack: LayerStack,
  facts: ClusterFacts,
  given: Pick<Chart, "repositories" | "after">,
): Release {
  return install(stack, {
    ...objectsChart,
    release: "root-application",
    namespace: "argocd",
    values: rootApplicationValues(facts),
    ...given,
  });
}
