import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { policyDocument, serviceTrust } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";
import { clusterArn, managedPolicy } from "./arns";
import type { Role } from "../../../lib/constructs/role";

/** Adds the IAM role of the control plane. */
export function addClusterRole(stack: LayerStack, secretsKeyArn: string): Role {
  const role = new IamRole(stack, "cluster-role", {
    name: stack.named("iamRole", "eks-cluster"),
    description: "EKS control plane",
    assumeRolePolicy: serviceTrust("eks", stack.environment, {
      ArnLike: { "aws:SourceArn": clusterArn(stack) },
    }),
  });
  const cluster = new IamRolePolicyAttachment(stack, "cluster-policy", {
    role: role.name,
    policyArn: managedPolicy(stack, "AmazonEKSClusterPolicy"),
  });
  const secrets = new IamRolePolicy(stack, "cluster-secrets-policy", {
    name: "encrypt-secrets",
    role: role.name,
    policy: policyDocument([
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"],
        Resource: secretsKeyArn,
      },
    ]),
  });
  return { arn: role.arn, permissions: [cluster, secrets] };
}
