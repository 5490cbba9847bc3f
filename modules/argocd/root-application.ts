import type { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { type ClusterFacts, rootApplicationValues } from "../../gitops/cluster-definition";
import type { LayerStack } from "../../lib/layer/stack";
import { argoRepository, install } from "./releases";

/** Version of the chart argocd-apps, which only renders the objects in its values. */
const chartVersion = "2.0.2";

/** Installs the root application, which renders all others, after Argo CD has installed its CRDs. */
export function addRootApplication(
  stack: LayerStack,
  facts: ClusterFacts,
  after: readonly ITerraformDependable[],
): Release {
  return install(stack, {
    release: "root-application",
    namespace: "argocd",
    repository: argoRepository,
    chart: "argocd-apps",
    version: chartVersion,
    values: rootApplicationValues(facts),
    after,
  });
}
