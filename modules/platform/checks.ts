import type { ServiceName } from "../../gitops/releases/platform-release";
import type { Problem } from "../../lib/layer/layer";
import type { Settings } from "./settings";

const path = ["layers", "platform", "services"];

interface Dependency {
  readonly service: ServiceName;
  readonly on: ServiceName;
  readonly reason: string;
}

/**
 * What a service works with, as the previous installer switches it off together with that:
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/installer/generate_cluster_yaml.sh
 */
const dependencies: readonly Dependency[] = [
  {
    service: "applicationOrchestration",
    on: "clusterOrchestration",
    reason: "applications are deployed to the clusters that cluster orchestration creates",
  },
  {
    service: "clusterOrchestration",
    on: "edgeInfrastructure",
    reason: "clusters are created on the edge nodes that edge infrastructure manages",
  },
  { service: "sre", on: "observability", reason: "it exports metrics that observability collects" },
  { service: "alertEmails", on: "observability", reason: "it sends alerts that observability raises" },
  { service: "vpro", on: "edgeInfrastructure", reason: "its programs are parts of edge infrastructure" },
];

/** Reports services that are on without those that they work with. */
export function serviceProblems({ services }: Pick<Settings, "services">): readonly Problem[] {
  return dependencies
    .filter(({ service, on }) => services[service] && !services[on])
    .map(({ service, on, reason }) => ({
      path: [...path, service],
      message: `is true, but ${[...path, on].join(".")} is false: ${reason}`,
      hint: `Set it to false, or ${on} to true`,
    }));
}
