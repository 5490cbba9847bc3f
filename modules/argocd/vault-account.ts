import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { ITerraformDependable } from "cdktf";
import type { LayerStack } from "../../lib/layer/stack";

/**
 * Adds the service account that Vault's chart names and does not create. With IRSA, the role is in an annotation:
 * https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export function addVaultAccount(
  stack: LayerStack,
  roleArn: string | undefined,
  after: readonly ITerraformDependable[],
): ServiceAccountV1 {
  const annotations = roleArn === undefined ? {} : { "eks.amazonaws.com/role-arn": roleArn };
  return new ServiceAccountV1(stack, "vault-service-account", {
    metadata: { name: "vault-service-account", namespace: "orch-platform", annotations },
    dependsOn: [...after],
  });
}
