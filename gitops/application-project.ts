import type { YamlObject } from "./yaml";

/** The cluster that Argo CD itself runs in. */
export const inCluster = "https://kubernetes.default.svc";

/** Spec of the AppProject of the platform's Applications, which are in the namespace of the environment's name. */
export function projectSpec(environment: string): YamlObject {
  return {
    description: "The orchestrator's platform",
    sourceNamespaces: [environment],
    // The platform's charts come from many registries and install cluster-wide objects.
    sourceRepos: ["*"],
    destinations: [{ namespace: "*", server: inCluster }],
    clusterResourceWhitelist: [{ group: "*", kind: "*" }],
  };
}
