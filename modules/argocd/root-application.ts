import type { Release } from "@cdktf/provider-helm/lib/release";
import { type ClusterFacts, rootApplicationValues } from "../../gitops/cluster-definition";
import { projectValues } from "../../gitops/project-values";
import type { LayerStack } from "../../lib/layer/stack";
import { objectsChart } from "./plain-objects";
import { type Chart, install } from "./releases";

/**
 * Installs the root application, which renders all others, after Argo CD has installed its CRDs. The projects are a release of
 * their own, which a destroy removes after the applications: without their project, Argo CD deletes none, and finalizers of the
 * project do not wait for those of other namespaces: https://github.com/argoproj/argo-cd/issues/4369,
 * https://github.com/argoproj/argo-cd/issues/18361
 */
export function addRootApplication(
  stack: LayerStack,
  facts: ClusterFacts,
  given: Pick<Chart, "repositories" | "after">,
): Release {
  const project = install(stack, {
    ...objectsChart,
    release: "platform-project",
    namespace: "argocd",
    values: projectValues({
      environment: facts.environment,
      applications: facts.thirdParty.applications,
    }),
    // Earlier versions installed it with the root application.
    takeOwnership: true,
    ...given,
  });
  return install(stack, {
    ...objectsChart,
    release: "root-application",
    namespace: "argocd",
    values: rootApplicationValues(facts),
    // Its removal waits until Argo CD has removed all others, wave by wave.
    timeoutSeconds: 3600,
    repositories: given.repositories,
    after: [project, ...given.after],
  });
}
