import { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { renderYaml, type YamlObject } from "../../gitops/yaml";
import type { LayerStack } from "../../lib/layer/stack";

/** Where the Argo project publishes its charts. */
export const argoRepository = "https://argoproj.github.io/argo-helm";

/** A chart to install. */
export interface Chart {
  /** Name of the release; id of the resource too. */
  readonly release: string;
  readonly namespace: string;
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  readonly values: YamlObject;
  readonly after: readonly ITerraformDependable[];
}

/** Installs a chart and waits until its pods are ready; a failed first install leaves nothing behind. */
export function install(stack: LayerStack, { release, values, after, ...chart }: Chart): Release {
  return new Release(stack, release, {
    ...chart,
    name: release,
    values: [renderYaml(values)],
    atomic: true,
    timeout: 900,
    maxHistory: 10,
    dependsOn: [...after],
  });
}
