import type { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { argocdValues } from "../../gitops/argocd-values";
import { giteaSecretTemplates } from "../../gitops/gitea-secrets";
import { type BoundService, boundServices, targetGroupBinding } from "../../gitops/target-group-bindings";
import type { YamlValue } from "../../gitops/yaml";
import type { LayerStack } from "../../lib/layer/stack";
import { argoRepository, install } from "./releases";
import type { Settings } from "./settings";

/** What Argo CD is installed with. */
export interface ArgocdInstallation {
  readonly settings: Settings;
  readonly domain: string;
  readonly targetGroupArns: { at(service: BoundService): string };
  /** Whether there is an entrance for vPro. */
  readonly vpro: boolean;
  readonly after: readonly ITerraformDependable[];
}

/** Installs Argo CD, and with it what its chart can carry: target group bindings and Gitea's Secrets. */
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

// Not kubernetes_manifest: it wants the kinds of these objects to exist when Terraform plans, before any chart is there.
function extraObjects({ settings, domain, targetGroupArns, vpro }: ArgocdInstallation): YamlValue[] {
  // Object.keys widens the keys of a record to string.
  const services = Object.keys(boundServices) as BoundService[];
  const isThere: Partial<Record<BoundService, boolean>> = { gitea: settings.gitea.enabled, vpro };
  const wanted = services.filter((service) => isThere[service] ?? true);
  const bindings = wanted.map((service) => targetGroupBinding(service, targetGroupArns.at(service)));
  if (!settings.gitea.enabled) return bindings;
  return [...bindings, ...giteaSecretTemplates({ namespace: "gitea", host: `gitea.${domain}` })];
}
