import type { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { argocdValues } from "../../gitops/argocd-values";
import { giteaSecretTemplates } from "../../gitops/gitea-secrets";
import { type BoundService, boundServices, targetGroupBinding } from "../../gitops/target-group-bindings";
import type { YamlValue } from "../../gitops/yaml";
import type { LayerStack } from "../../lib/layer/stack";
import { argoRepository, install } from "./releases";
import type { Settings } from "./settings";

/** Inputs of the Argo CD release. */
export interface ArgocdInstallation {
  readonly settings: Settings;
  readonly domain: string;
  readonly targetGroupArns: { at(service: BoundService): string };
  /** Whether there is a load balancer for vPro. */
  readonly vpro: boolean;
  readonly after: readonly ITerraformDependable[];
}

/** Installs Argo CD with target group bindings and Gitea's Secrets as extra objects of the chart. */
export function addArgocd(stack: LayerStack, wanted: ArgocdInstallation): Release {
  const { settings, domain } = wanted;
  return install(stack, {
    release: "argocd",
    namespace: "argocd",
    repository: argoRepository,
    chart: "argo-cd",
    version: settings.argocd.chartVersion,
    values: argocdValues({
      host: `argocd.${domain}`,
      applicationNamespace: stack.environment.name,
      sessionDurationHours: settings.argocd.sessionDurationHours,
      extraObjects: extraObjects(wanted),
    }),
    after: wanted.after,
  });
}

// Not kubernetes_manifest: it requires the CRDs at plan time, before any chart is installed.
function extraObjects({ settings, domain, targetGroupArns, vpro }: ArgocdInstallation): YamlValue[] {
  // Object.keys widens the keys of a record to string.
  const services = Object.keys(boundServices) as BoundService[];
  const enabled: Partial<Record<BoundService, boolean>> = { gitea: settings.gitea.enabled, vpro };
  const wanted = services.filter((service) => enabled[service] ?? true);
  const bindings = wanted.map((service) => targetGroupBinding(service, targetGroupArns.at(service)));
  if (!settings.gitea.enabled) return bindings;
  return [...bindings, ...giteaSecretTemplates({ namespace: "gitea", host: `gitea.${domain}` })];
}
