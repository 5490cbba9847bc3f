import type { ITerraformDependable } from "cdktf";
import { addressOf } from "../../gitops/third-party/application";
import type { LayerStack } from "../../lib/layer/stack";
import { addClusterSecret } from "./cluster-secret";
import type { SecretSource } from "./secret-source";

/** A private repository, and how Argo CD reads it. */
interface PrivateRepository {
  /** Of the Secret. */
  readonly name: string;
  /** An https:// or oci:// address. */
  readonly url: string;
  readonly type: "git" | "helm";
  /** The only project whose applications may use it; unset: all. */
  readonly project?: string;
  /** Username and password. */
  readonly login: SecretSource;
}

/**
 * Adds the Secret with which Argo CD reads a private repository; a public one needs none.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
 */
export function addRepositorySecret(
  stack: LayerStack,
  { name, url, type, project, login }: PrivateRepository,
  after: readonly ITerraformDependable[],
): ITerraformDependable {
  const secret = {
    namespace: "argocd",
    name,
    labels: { "argocd.argoproj.io/secret-type": "repository" },
    data: {
      type,
      url: addressOf(url),
      ...(url.startsWith("oci://") ? { enableOCI: "true" } : {}),
      ...(project === undefined ? {} : { project }),
      username: login.at("username"),
      password: login.at("password"),
    },
  };
  return addClusterSecret(stack, secret, after);
}
