import type { Release } from "@cdktf/provider-helm/lib/release";
import { plainObjectsValues } from "../../gitops/plain-objects";
import type { YamlValue } from "../../gitops/yaml";
import type { LayerStack } from "../../lib/layer/stack";
import { type Chart, install } from "./releases";

/** The chart that only renders the objects in its values. */
export const objectsChart = {
  chart: "argocd-apps",
  version: "2.0.2",
} as const;

/** Objects of any kind. */
type Objects = Pick<Chart, "release" | "namespace" | "repositories" | "waitForJobs" | "after"> & {
  readonly objects: readonly YamlValue[];
};

/**
 * Installs objects of any kind, with a chart that has no pods. Not kubernetes_manifest: it requires the CRDs at plan time,
 * before any chart is installed.
 */
export function installObjects(stack: LayerStack, { objects, ...chart }: Objects): Release {
  return install(stack, { ...objectsChart, ...chart, values: plainObjectsValues(objects) });
}
