import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { renderYaml, type YamlObject } from "../../gitops/yaml";
import type { LayerStack } from "../../lib/layer/stack";
import type { ChartName, ChartRepositories } from "./chart-repositories";

/** Inputs of a Helm release. */
export interface Chart {
  /** Name of the release and ID of the resource. */
  readonly release: string;
  readonly namespace: string;
  readonly chart: ChartName;
  readonly repositories: ChartRepositories;
  readonly version: string;
  readonly values: YamlObject;
  readonly after: readonly ITerraformDependable[];
}

/** Installs a chart and waits until its pods are ready; a failed installation is rolled back. */
export function install(
  stack: LayerStack,
  { release, repositories, values, after, ...chart }: Chart,
): Release {
  return new Release(stack, release, {
    ...chart,
    name: release,
    repository: repositories[chart.chart],
    values: [renderYaml(values)],
    atomic: true,
    timeout: 900,
    maxHistory: 10,
    dependsOn: [...after],
  });
}
