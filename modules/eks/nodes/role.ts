import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { servicePrincipal } from "../../../lib/layer/partition";
import { withIds } from "../../../lib/constructs/element-ids";
import { policyDocument } from "../../../lib/constructs/iam-policy";
import { nameInIam } from "../../../lib/layer/sameness";
import type { LayerStack } from "../../../lib/layer/stack";
import { managedPolicy } from "../cluster/arns";
import type { Role } from "../../../lib/constructs/role";

/** The IAM role of the nodes. */
export interface NodeRole extends Role {
  readonly name: string;
}

/** Permissions of the node itself: join the cluster, pull images, SSM. All other permissions belong to pod roles. */
const policies = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonSSMManagedInstanceCore",
];

/** Adds the IAM role of the nodes; `additional` are ARNs of further policies. */
export function addNodeRole(stack: LayerStack, additional: readonly string[]): NodeRole {
  const role = new IamRole(stack, "node-role", {
    name: stack.named("iamRole", "eks-node"),
    description: "Nodes of the EKS cluster",
    // Without source conditions: EC2 does not provide the account that it acts for.
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
  const own = new Map(policies.map((policy) => [managedPolicy(stack, policy), `node-policy-${policy}`]));
  const names = new Set([...own.keys()].map(nameInIam.key));
  // A policy is attached once: two resources for it would each detach it when they are removed.
  const others = additional.filter((policyArn) => !names.has(nameInIam.key(policyArn)));
  const permissions = [
    ...[...own].map(([policyArn, id]) => attach(id, policyArn)),
    ...withIds(others, nameOf).map(({ value, id }) => attach(`additional-node-policy-${id}`, value)),
  ];
  return { arn: role.arn, name: role.name, permissions };
}

/** `aws-service-role-Name`: a policy's owner, path and name, with the characters that a Terraform name allows. */
function nameOf(policyArn: string): string {
  const [, , , , owner = "", resource = ""] = policyArn.split(":");
  return `${owner}-${resource.replace(/^policy\//, "")}`.replace(/[^A-Za-z0-9-]/g, "-");
}
