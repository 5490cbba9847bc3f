import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Fn } from "cdktf";
import { withIds } from "../../../lib/constructs/element-ids";
import type { LayerStack } from "../../../lib/layer/stack";

/** Grants cluster administration to the environment's admin roles only. */
export function addAdmins(stack: LayerStack, cluster: EksCluster): void {
  for (const { value: roleArn, id } of withIds(stack.environment.access.adminRoleArns, identityOf)) {
    const entry = new EksAccessEntry(stack, `admin-${id}`, {
      clusterName: cluster.name,
      principalArn: roleArn,
    });
    new EksAccessPolicyAssociation(stack, `admin-policy-${id}`, {
      clusterName: cluster.name,
      principalArn: entry.principalArn,
      policyArn: stack.arn("eks", "cluster-access-policy/AmazonEKSClusterAdminPolicy", {
        region: "",
        account: "aws",
      }),
      accessScope: { type: "cluster" },
    });
  }
}

/** Adds the IAM OIDC provider for the cluster's service accounts, for charts that cannot use EKS Pod Identity. */
export function addIdentityProvider(stack: LayerStack, cluster: EksCluster) {
  const url = cluster.identity.get(0).oidc.get(0).issuer;
  const provider = new IamOpenidConnectProvider(stack, "identity-provider", {
    url,
    clientIdList: ["sts.amazonaws.com"],
  });
  return { arn: provider.arn, issuer: Fn.trimprefix(url, "https://") };
}

/** `123456789012-path-to-Admin`: a role's account, path and name, with the characters that a Terraform name allows. */
function identityOf(roleArn: string): string {
  const [, , , , account = "", resource = ""] = roleArn.split(":");
  return `${account}-${resource.replace(/^role\//, "")}`.replace(/[^A-Za-z0-9-]/g, "-");
}
