import type { ITerraformDependable } from "cdktf";
import { selfSigned } from "../../gitops/self-signed";
import type { LayerStack } from "../../lib/layer/stack";
import { addClusterSecret } from "./cluster-secret";
import { installObjects } from "./plain-objects";
import type { Chart } from "./releases";
import { bcryptOf } from "./secret-source";
import type { SecretSources } from "./secret-sources";

/** What the Secrets of Argo CD are made of. */
interface AdminLogin extends Pick<Chart, "repositories" | "after"> {
  readonly sources: SecretSources;
  readonly host: string;
  /** A secret of the operator with the password; unset: the generated one. */
  readonly passwordSecretArn: string | undefined;
}

/**
 * Adds what Argo CD reads of its own: the administrator's password as a hash, and the key that signs sessions. With a password
 * Argo CD generates none, and prints none into argocd-initial-admin-secret.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-secret-yaml/
 */
export function addAdminLogin(
  stack: LayerStack,
  { sources, host, passwordSecretArn, repositories, after }: AdminLogin,
): readonly ITerraformDependable[] {
  const generated = sources.user("argocd-admin");
  const login =
    passwordSecretArn === undefined ? generated : sources.at("argocd-admin-given", passwordSecretArn);
  const secret = {
    namespace: "argocd",
    name: "argocd-secret",
    labels: { "app.kubernetes.io/name": "argocd-secret", "app.kubernetes.io/part-of": "argocd" },
    // Where the release had one of that name, its next version deletes that, and would delete this one.
    annotations: { "helm.sh/resource-policy": "keep" },
    data: {
      "admin.password": bcryptOf(login.at("password")),
      // Argo CD refuses sessions that began before.
      "admin.passwordMtime": login.createdTime(),
      "server.secretkey": generated.at("signingKey"),
    },
  };
  return [addClusterSecret(stack, secret, after), addCertificate(stack, host, { repositories, after })];
}

/**
 * Argo CD would store a certificate in argocd-secret, and would not start a connection once a new password has replaced that
 * Secret: https://github.com/argoproj/argo-cd/blob/v3.3.9/server/server.go
 */
function addCertificate(
  stack: LayerStack,
  host: string,
  chart: Pick<Chart, "repositories" | "after">,
): ITerraformDependable {
  const namespace = "argocd";
  const hosts = [host, `argocd-server.${namespace}.svc`] as const;
  return installObjects(stack, {
    release: "argocd-certificate",
    namespace,
    objects: [selfSigned({ namespace, name: "argocd-server-tls", hosts })],
    ...chart,
  });
}
