import type { Release } from "@cdktf/provider-helm/lib/release";
import { argocdValues } from "../../gitops/argocd-values";
import type { LayerStack } from "../../lib/layer/stack";
import { addAdminLogin } from "./admin-login";
import { addApplicationSecrets } from "./applications/secrets";
import type { ChartSources } from "./chart-sources";
import { addDeployRepository } from "./deploy-repository";
import { type Chart, install } from "./releases";
import type { SecretSources } from "./secret-sources";
import type { Settings } from "./settings";

/** Inputs of the Argo CD release. */
export interface ArgocdInstallation extends Pick<Chart, "after"> {
  readonly settings: Settings;
  readonly sources: SecretSources;
  readonly domain: string;
  /** Environment variables of every pod. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Installs Argo CD, after the Secrets that it reads. */
export function addArgocd(
  stack: LayerStack,
  { settings, sources, domain, variables, after }: ArgocdInstallation,
): Release {
  const { argocd, repository, applications } = settings;
  const repositories: ChartSources = settings;
  const host = `argocd.${domain}`;
  const passwordSecretArn = argocd.adminPasswordSecretArn;
  const secrets = [
    ...addAdminLogin(stack, { sources, host, passwordSecretArn, repositories, after }),
    ...addDeployRepository(stack, { settings, sources, domain }, after),
    ...addApplicationSecrets(stack, { applications, sources }, after),
  ];
  return install(stack, {
    release: "argocd",
    namespace: "argocd",
    repositories,
    chart: "argo-cd",
    version: argocd.chartVersion,
    values: argocdValues({
      host,
      applicationNamespace: stack.environment.name,
      variables,
      sessionDurationHours: argocd.sessionDurationHours,
      repositories: [
        repository,
        ...applications.map(({ repository: url, certificateAuthority }) => ({ url, certificateAuthority })),
      ],
    }),
    after: [...secrets, ...after],
  });
}
