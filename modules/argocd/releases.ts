import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { renderYaml, type YamlObject } from "../../gitops/yaml";
import type { LayerStack } from "../../lib/layer/stack";
import type { ChartName } from "./chart-repositories";
import { type ChartSources, sourceOf } from "./chart-sources";

/** Inputs of a Helm release. */
export interface Chart {
  /** Name of the release and ID of the resource. */
  readonly release: string;
  readonly namespace: string;
  readonly chart: ChartName;
  readonly repositories: ChartSources;
  readonly version: string;
  readonly values: YamlObject;
  /** Also wait until its Jobs have succeeded. */
  readonly waitForJobs?: boolean;
  readonly after: readonly ITerraformDependable[];
  /** Of installation, upgrade and removal. */
  readonly timeoutSeconds?: number;
  /** Takes objects over that belong to another release. */
  readonly takeOwnership?: boolean;
}

/**
 * Installs a chart and waits until its pods are ready; a failed installation is rolled back. A release that exists, but is
 * not in the state, e.g. because an earlier apply was killed, is upgraded.
 */
export function install(
  stack: LayerStack,
  { release, chart, repositories, values, after, timeoutSeconds = 900, ...given }: Chart,
): Release {
  return new Release(stack, release, {
    ...given,
    ...sourceOf(repositories, chart),
    name: release,
    values: [renderYaml(values)],
    atomic: true,
    upgradeInstall: true,
    timeout: timeoutSeconds,
    maxHistory: 10,
    dependsOn: [...after],
  });
}
