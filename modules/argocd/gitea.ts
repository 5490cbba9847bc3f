import type { Release } from "@cdktf/provider-helm/lib/release";
import { giteaSecretTemplates } from "../../gitops/gitea-secrets";
import { type GiteaFacts, giteaValues } from "../../gitops/gitea-values";
import type { LayerStack } from "../../lib/layer/stack";
import { installObjects } from "./plain-objects";
import { type Chart, install } from "./releases";

/** Inputs of the Gitea release. */
export interface GiteaInstallation extends Pick<Chart, "repositories" | "after"> {
  readonly chartVersion: string;
  readonly facts: GiteaFacts;
}

/** Installs Gitea, after its Secrets. */
export function addGitea(
  stack: LayerStack,
  { chartVersion, facts, repositories, after }: GiteaInstallation,
): Release {
  const namespace = "gitea";
  const secrets = installObjects(stack, {
    release: "gitea-secrets",
    namespace,
    objects: giteaSecretTemplates({ namespace, host: facts.host }),
    repositories,
    after,
  });
  return install(stack, {
    release: "gitea",
    namespace,
    repositories,
    chart: "gitea",
    version: chartVersion,
    values: giteaValues(facts),
    after: [secrets, ...after],
  });
}
