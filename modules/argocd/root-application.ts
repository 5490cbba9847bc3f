import type { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { type ClusterFacts, rootApplicationValues } from "../../gitops/cluster-definition";
import type { LayerStack } from "../../lib/layer/stack";
import { argoRepository, install } from "./releases";

/** Version of the chart argocd-apps, which does nothing but write the objects it is given. */
const chartVersion = "2.0.2";

/** Installs the application that all others come from, once Argo CD has brought the kinds of object it is made of. */
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
