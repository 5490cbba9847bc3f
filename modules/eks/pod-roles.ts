import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { policyDocument } from "../../lib/policy";
import type { LayerStack } from "../../lib/stack";
import { clusterArn } from "./arns";
import { type PodPolicy, podPolicies, type Program, programs } from "./pod-policies";
import type { Role } from "./role";

/** The role of every program that runs the cluster. */
export type PodRoles = Readonly<Record<Program, Role>>;

/** The programs that charts install, under service accounts of the same name. */
const chartPrograms = ["aws-load-balancer-controller", "cluster-autoscaler"] as const;

/** Adds the role of every program that runs the cluster; only pods of this cluster can assume them. */
export function addPodRoles(stack: LayerStack, volumeKeyArn: string): PodRoles {
  const policies = podPolicies(stack, volumeKeyArn);
  const roles = programs.map((program) => [program, addPodRole(stack, program, policies[program])] as const);
  // Object.fromEntries forgets that every program is among the keys.
  return Object.fromEntries(roles) as PodRoles;
}

/** The ARNs alone, as the layer publishes them. */
export function podRoleArns(roles: PodRoles): Readonly<Record<Program, string>> {
  const arns = programs.map((program) => [program, roles[program].arn] as const);
  // Object.fromEntries forgets that every program is among the keys.
  return Object.fromEntries(arns) as Record<Program, string>;
}

/** Gives their roles to the programs that charts install later. */
export function associateCharts(stack: LayerStack, cluster: EksCluster, roles: PodRoles): void {
  for (const program of chartPrograms) {
    new EksPodIdentityAssociation(stack, `${program}-identity`, {
      clusterName: cluster.name,
      namespace: "kube-system",
      serviceAccount: program,
      roleArn: roles[program].arn,
    });
  }
}

function addPodRole(stack: LayerStack, program: Program, { managed, statements }: PodPolicy): Role {
  const role = new IamRole(stack, `${program}-role`, {
    name: roleName(stack, program),
    description: `Pods of ${program}`,
    assumeRolePolicy: podTrust(stack),
  });
  const attached = managed.map(
    (policyArn) =>
      new IamRolePolicyAttachment(stack, `${program}-managed-policy`, { role: role.name, policyArn }),
  );
  if (statements.length === 0) return { arn: role.arn, permissions: attached };
  const policy = policyDocument(statements);
  const own = new IamRolePolicy(stack, `${program}-policy`, { name: program, role: role.name, policy });
  return { arn: role.arn, permissions: [...attached, own] };
}

function roleName(stack: LayerStack, program: Program): string {
  // Environments of the previous deployer, and charts made for them, know this role by another pattern.
  return program === "cluster-autoscaler"
    ? `CASControllerRole-${stack.environment.name}`
    : stack.named("iamRole", program);
}

function podTrust(stack: LayerStack): string {
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        StringEquals: { "aws:SourceAccount": stack.environment.account },
        ArnEquals: { "aws:SourceArn": clusterArn(stack) },
      },
    },
  ]);
}
