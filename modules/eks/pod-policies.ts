import type { Statement } from "../../lib/policy";
import type { LayerStack } from "../../lib/stack";
import { managedPolicy } from "./arns";

/** The programs that run the cluster and act on AWS. */
export const programs = [
  "vpc-cni",
  "aws-ebs-csi-driver",
  "aws-efs-csi-driver",
  "aws-load-balancer-controller",
  "cluster-autoscaler",
] as const;

/** One of the programs. */
export type Program = (typeof programs)[number];

/** What a program may do: policies that AWS keeps, and statements of ours. */
export interface PodPolicy {
  readonly managed: readonly string[];
  readonly statements: readonly Statement[];
}

/** The AWS permissions of each program. */
export function podPolicies(stack: LayerStack, volumeKeyArn: string): Readonly<Record<Program, PodPolicy>> {
  const managed = (name: string) => [managedPolicy(stack, name)];
  return {
    "vpc-cni": { managed: managed("AmazonEKS_CNI_Policy"), statements: [] },
    "aws-ebs-csi-driver": {
      managed: managed("service-role/AmazonEBSCSIDriverPolicy"),
      statements: encryptedVolumes(volumeKeyArn),
    },
    "aws-efs-csi-driver": { managed: managed("service-role/AmazonEFSCSIDriverPolicy"), statements: [] },
    "aws-load-balancer-controller": { managed: [], statements: targetRegistration(stack) },
    "cluster-autoscaler": { managed: [], statements: autoscaling(stack) },
  };
}

/** Volumes under our key; AWS's policy for the driver leaves keys out. */
function encryptedVolumes(keyArn: string): Statement[] {
  return [
    {
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: keyArn,
    },
    {
      Effect: "Allow",
      Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      Resource: keyArn,
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** The controller binds pods to target groups; it makes no load balancers, so it may not. */
function targetRegistration(stack: LayerStack): Statement[] {
  return [
    {
      Effect: "Allow",
      Action: [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
      ],
      Resource: "*",
    },
    {
      Effect: "Allow",
      Action: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
      Resource: stack.arn("elasticloadbalancing", `targetgroup/${stack.environment.name}-*/*`),
    },
  ];
}

function autoscaling(stack: LayerStack): Statement[] {
  const { name } = stack.environment;
  return [
    {
      Effect: "Allow",
      Action: [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeTags",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ],
      Resource: "*",
    },
    {
      Effect: "Allow",
      Action: "eks:DescribeNodegroup",
      Resource: stack.arn("eks", `nodegroup/${name}/*/*`),
    },
    {
      Effect: "Allow",
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Resource: "*",
      // EKS tags the groups of its node groups so.
      Condition: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${name}`]: "owned" } },
    },
  ];
}
