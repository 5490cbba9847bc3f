import type { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { argocdValues } from "../../gitops/argocd-values";
import type { LayerStack } from "../../lib/layer/stack";
import { argoRepository, install } from "./releases";
import type { Settings } from "./settings";

/** Inputs of the Argo CD release. */
export interface ArgocdInstallation {
  readonly settings: Settings["argocd"];
  readonly domain: string;
  readonly after: readonly ITerraformDependable[];
}

/** Installs Argo CD. */
export function addArgocd(stack: LayerStack, { settings, domain, after }: ArgocdInstallation): Release {
  return install(stack, {
    release: "argocd",
    namespace: "argocd",
    repository: argoRepository,
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
