import type { ITerraformDependable } from "cdktf";
import type { LayerStack } from "../../lib/layer/stack";
import { addClusterSecret, type SecretValue } from "./cluster-secret";

/**
 * Adds the certificates that clients in the cluster trust at Gitea's address, which is that of a load balancer: those of
 * its certificate, not of the one between load balancer and Gitea. The platform copies them to its programs:
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/argocd/applications/templates/copy-ca-cert-gitea-to-app.yaml
 */
export function addGiteaAuthority(
  stack: LayerStack,
  certificates: SecretValue,
  after: readonly ITerraformDependable[],
): ITerraformDependable {
  const secret = { namespace: "gitea", name: "gitea-tls-certs", data: { "tls.crt": certificates } };
  return addClusterSecret(stack, secret, after);
}
