import type { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { giteaSecretTemplates } from "../../gitops/gitea-secrets";
import { type GiteaFacts, giteaValues } from "../../gitops/gitea-values";
import type { LayerStack } from "../../lib/layer/stack";
import { installObjects } from "./plain-objects";
import { install } from "./releases";

/** Inputs of the Gitea release. */
export interface GiteaInstallation {
  readonly chartVersion: string;
  readonly facts: GiteaFacts;
  readonly after: readonly ITerraformDependable[];
}

/** Installs Gitea, after its Secrets. */
export function addGitea(stack: LayerStack, { chartVersion, facts, after }: GiteaInstallation): Release {
  const namespace = "gitea";
  const secrets = installObjects(stack, {
    release: "gitea-secrets",
    namespace,
    objects: giteaSecretTemplates({ namespace, host: facts.host }),
    after,
  });
  return install(stack, {
    release: "gitea",
    namespace,
    repository: "https://dl.gitea.com/charts/",
    chart: "gitea",
    version: chartVersion,
    values: giteaValues(facts),
    after: [secrets, ...after],
  });
}
