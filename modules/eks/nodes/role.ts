import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { servicePrincipal } from "../../../lib/layer/partition";
import { policyDocument } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";
import { managedPolicy } from "../cluster/arns";
import type { Role } from "../role";

/** The role of every node. */
export interface NodeRole extends Role {
  readonly name: string;
}

/** What a node itself may do: join, pull images, be reached through SSM. Everything else belongs to pod roles. */
const policies = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonSSMManagedInstanceCore",
];

/** Adds the role of every node; `additional` are ARNs of policies for it. */
export function addNodeRole(stack: LayerStack, additional: readonly string[]): NodeRole {
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
  const attach = (id: string, policyArn: string) =>
    new IamRolePolicyAttachment(stack, id, { role: role.name, policyArn });
  const permissions = [
    ...policies.map((policy) => attach(`node-policy-${policy}`, managedPolicy(stack, policy))),
    ...additional.map((policyArn) => attach(`additional-node-policy-${nameOf(policyArn)}`, policyArn)),
  ];
  return { arn: role.arn, name: role.name, permissions };
}

/** `aws-service-role-Name`: whose a policy is, its path and name, in the letters that a Terraform name may have. */
function nameOf(policyArn: string): string {
  const [, , , , owner = "", resource = ""] = policyArn.split(":");
  return `${owner}-${resource.replace(/^policy\//, "")}`.replace(/[^A-Za-z0-9-]/g, "-");
}
