import type { ITerraformDependable } from "cdktf";
import type { LayerStack } from "../../lib/layer/stack";
import { isInGitea } from "./in-gitea";
import { addRepositorySecret } from "./repository-secret";
import type { SecretSource } from "./secret-source";
import type { SecretSources } from "./secret-sources";
import type { Settings } from "./settings";

/** Where the deploy repository is, and who may read it. */
interface DeployRepository {
  readonly settings: Pick<Settings, "repository" | "gitea">;
  readonly sources: SecretSources;
  readonly domain: string;
}

/** Adds the Secret with which Argo CD reads a private deploy repository. */
export function addDeployRepository(
  stack: LayerStack,
  { settings, sources, domain }: DeployRepository,
  after: readonly ITerraformDependable[],
): readonly ITerraformDependable[] {
  const login = loginOf({ settings, sources, domain });
  if (login === undefined) return [];
  const { url } = settings.repository;
  return [addRepositorySecret(stack, { name: "deploy-repository", type: "git", url, login }, after)];
}

/** A secret of the operator goes before the user of the cluster's Gitea. */
function loginOf({ settings, sources, domain }: DeployRepository): SecretSource | undefined {
  const { url, credentialsSecretArn } = settings.repository;
  if (credentialsSecretArn !== undefined) return sources.at("deploy-repository", credentialsSecretArn);
  const inGitea = settings.gitea.enabled && isInGitea(url, domain);
  return inGitea ? sources.user("gitea-argocd") : undefined;
}
