import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { servicePrincipal } from "../../lib/partition";
import { policyDocument } from "../../lib/policy";
import type { LayerStack } from "../../lib/stack";
import { managedPolicy } from "./arns";
import type { Role } from "./role";

/** What a node itself may do: join, pull images, be reached through SSM. Everything else belongs to pod roles. */
const policies = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonSSMManagedInstanceCore",
];

/** Adds the role of every node. */
export function addNodeRole(stack: LayerStack): Role {
  const role = new IamRole(stack, "node-role", {
    name: stack.named("iamRole", "eks-node"),
    description: "Nodes of the EKS cluster",
    // Without the conditions of other services: EC2 does not say for which account it acts.
    assumeRolePolicy: policyDocument([
      {
        Effect: "Allow",
        Principal: { Service: servicePrincipal("ec2", stack.environment) },
        Action: "sts:AssumeRole",
      },
    ]),
  });
  const permissions = policies.map(
    (policy) =>
      new IamRolePolicyAttachment(stack, `node-policy-${policy}`, {
        role: role.name,
        policyArn: managedPolicy(stack, policy),
      }),
  );
  return { arn: role.arn, permissions };
}
