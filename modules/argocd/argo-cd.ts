import type { Release } from "@cdktf/provider-helm/lib/release";
import { argocdValues } from "../../gitops/argocd-values";
import type { LayerStack } from "../../lib/layer/stack";
import { type Chart, install } from "./releases";
import type { Settings } from "./settings";

/** Inputs of the Argo CD release. */
export interface ArgocdInstallation extends Pick<Chart, "repositories" | "after"> {
  readonly settings: Settings["argocd"];
  readonly domain: string;
}

/** Installs Argo CD. */
export function addArgocd(
  stack: LayerStack,
  { settings, domain, repositories, after }: ArgocdInstallation,
): Release {
  return install(stack, {
    release: "argocd",
    namespace: "argocd",
    repositories,
    chart: "argo-cd",
    version: settings.chartVersion,
    values: argocdValues({
      host: `argocd.${domain}`,
      applicationNamespace: stack.environment.name,
      sessionDurationHours: settings.sessionDurationHours,
    }),
    after,
  });
}
