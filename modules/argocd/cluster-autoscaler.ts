import type { z } from "zod";
import { type AutoscalerFacts, clusterAutoscalerValues } from "../../gitops/cluster-autoscaler-values";
import type { LayerStack } from "../../lib/layer/stack";
import type { eks } from "../eks/layer";
import type { ChartSources } from "./chart-sources";
import { install } from "./releases";
import type { Settings } from "./settings";

/** The program and service account to which the pod-roles layer grants the autoscaler's role. */
export const autoscalerAccount = "cluster-autoscaler";

/** https://github.com/kubernetes/autoscaler/releases, by Kubernetes version. */
const imageTags: Readonly<Record<z.output<typeof eks.settings>["version"], string>> = {
  "1.34": "v1.34.4",
  "1.35": "v1.35.1",
  "1.36": "v1.36.1",
};

interface Cluster extends Pick<AutoscalerFacts, "clusterName" | "roleArn" | "variables"> {
  readonly version: keyof typeof imageTags;
}

/** Installs the cluster autoscaler, which adds nodes for unschedulable pods and removes underused nodes. */
export function addClusterAutoscaler(
  stack: LayerStack,
  { clusterAutoscaler: settings, ...repositories }: Pick<Settings, "clusterAutoscaler" | keyof ChartSources>,
  { version, ...facts }: Cluster,
): void {
  if (!settings.enabled) return;
  const { region } = stack.environment;
  const deployment = { region, imageTag: imageTags[version], serviceAccount: autoscalerAccount };
  install(stack, {
    release: "cluster-autoscaler",
    namespace: "kube-system",
    repositories,
    chart: "cluster-autoscaler",
    version: settings.chartVersion,
    values: clusterAutoscalerValues({ ...facts, ...deployment }),
    after: [],
  });
}
