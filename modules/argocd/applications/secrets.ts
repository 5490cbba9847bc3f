import type { ITerraformDependable } from "cdktf";
import { projectNameOf } from "../../../gitops/third-party/projects";
import type { LayerStack } from "../../../lib/layer/stack";
import { addRepositorySecret } from "../repository-secret";
import type { SecretSources } from "../secret-sources";
import type { Applications } from "./settings";

/** Adds the Secrets with which Argo CD reads the private repositories of applications, each for its application alone. */
export function addApplicationSecrets(
  stack: LayerStack,
  { applications, sources }: { readonly applications: Applications; readonly sources: SecretSources },
  after: readonly ITerraformDependable[],
): readonly ITerraformDependable[] {
  return applications.flatMap(({ name: application, credentialsSecretArn, repository: url, chart }) => {
    if (credentialsSecretArn === undefined) return [];
    const name = `application-${application}`;
    const repository = {
      ...{ name, url, type: chart === undefined ? ("git" as const) : ("helm" as const) },
      project: projectNameOf(stack.environment.name, application),
      login: sources.at(name, credentialsSecretArn),
    };
    return [addRepositorySecret(stack, repository, after)];
  });
}
