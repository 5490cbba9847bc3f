import type { z } from "zod";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Problem } from "../../lib/layer/layer";
import type { platform } from "../platform/layer";
import { isInGitea } from "./in-gitea";
import type { Settings } from "./settings";

/**
 * Reports application orchestration without the cluster's Gitea. It creates the repository of each deployment by a push, which
 * GitHub refuses, and deletes it by Gitea's API, which GitLab does not have; and it trusts one authority there, that of the load
 * balancers. Cluster orchestration reads and writes no repository.
 * https://github.com/open-edge-platform/app-orch-deployment/blob/main/app-deployment-manager/pkg/gitclient/gitclient.go
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/argocd/applications/custom/app-deployment-manager.tpl
 */
export function giteaProblems(
  { gitea }: Pick<Settings, "gitea">,
  { services }: Pick<z.output<(typeof platform)["settings"]>, "services">,
): readonly Problem[] {
  if (gitea.enabled || !services.applicationOrchestration) return [];
  return [
    {
      path: ["layers", "argocd", "gitea", "enabled"],
      message:
        "is false, but layers.platform.services.applicationOrchestration is true: it creates and deletes repositories in the cluster's Gitea, in ways that GitHub and GitLab do not have",
      hint: "Set it to true, or the service to false; layers.argocd.repository may be on any Git server in either case",
    },
  ];
}

/** Reports a deploy repository in the cluster's Gitea where there is none. */
export function repositoryProblems(
  { gitea, repository }: Pick<Settings, "gitea" | "repository">,
  environment: Pick<Environment, "name" | "domain">,
): readonly Problem[] {
  if (gitea.enabled || !isInGitea(repository.url, orchestratorDomain(environment))) return [];
  return [
    {
      path: ["layers", "argocd", "repository", "url"],
      message: "is in the cluster's Gitea, but layers.argocd.gitea.enabled is false: nothing answers there",
      hint: "Set layers.argocd.gitea.enabled to true, or specify a repository on another server",
    },
  ];
}

/** Reports two autoscalers: those of the platform and of this layer have the same namespace, service account and nodes. */
export function autoscalerProblems(
  { clusterAutoscaler }: Pick<Settings, "clusterAutoscaler">,
  { services }: Pick<z.output<(typeof platform)["settings"]>, "services">,
): readonly Problem[] {
  if (!clusterAutoscaler.enabled || !services.autoscaling) return [];
  return [
    {
      path: ["layers", "platform", "services", "autoscaling"],
      message:
        "is true, but layers.argocd.clusterAutoscaler.enabled is true as well: two autoscalers would scale the same node groups",
      hint: "Set one of them to false",
    },
  ];
}
