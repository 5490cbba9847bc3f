import type { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { type GiteaFacts, giteaValues } from "../../gitops/gitea-values";
import type { LayerStack } from "../../lib/layer/stack";
import { install } from "./releases";

/** Inputs of the Gitea release. */
export interface GiteaInstallation {
  readonly chartVersion: string;
  readonly facts: GiteaFacts;
  readonly after: readonly ITerraformDependable[];
}

/** Installs Gitea. */
export function addGitea(stack: LayerStack, { chartVersion, facts, after }: GiteaInstallation): Release {
  return install(stack, {
    release: "gitea",
    namespace: "gitea",
    repository: "https://dl.gitea.com/charts/",
    chart: "gitea",
    version: chartVersion,
    values: giteaValues(facts),
    after,
  });
}
