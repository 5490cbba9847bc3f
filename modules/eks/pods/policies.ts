import type { Statement } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";
import { managedPolicy } from "../cluster/arns";
import { certificateRenewal, domainProofs, unsealing } from "./platform-policies";
import { type ByProgram, roleName } from "./workloads";

/** What the programs act on, in other layers. */
export interface PodResources {
  readonly volumeKeyArn: string;
  readonly vaultKeyArn: string;
  readonly publicZoneId: string;
  readonly certificateArn: string;
  /** Policies of the observability buckets, by name; `traces` are undefined when none are kept. */
  readonly bucketPolicyArns: Readonly<Record<"read" | "write", PolicyArns>> & {
    readonly traces: PolicyArns | undefined;
  };
}

type PolicyArns = Readonly<Record<string, string>>;

/** What a program may do: ARNs of policies that exist already, by a name for their attachment, and statements of ours. */
export interface PodPolicy {
  readonly existing: PolicyArns;
  readonly statements: readonly Statement[];
}

/** The AWS permissions of each program, and of Tempo when traces are kept. */
export function podPolicies(stack: LayerStack, on: PodResources): ByProgram<PodPolicy> {
  const managed = (name: string) => ({ managed: managedPolicy(stack, name) });
  const own = (statements: readonly Statement[]) => ({ existing: {}, statements });
  const { traces } = on.bucketPolicyArns;
  const certManager = stack.arn("iam", `role/${roleName(stack, "cert-manager")}`, { region: "" });
  return {
    "vpc-cni": { existing: managed("AmazonEKS_CNI_Policy"), statements: [] },
    "aws-ebs-csi-driver": {
      existing: managed("service-role/AmazonEBSCSIDriverPolicy"),
      statements: encryptedVolumes(on.volumeKeyArn),
    },
    "aws-efs-csi-driver": { existing: managed("service-role/AmazonEFSCSIDriverPolicy"), statements: [] },
    "aws-load-balancer-controller": own(targetRegistration(stack)),
    "cluster-autoscaler": own(autoscaling(stack)),
    "cert-manager": own(domainProofs(stack, on.publicZoneId, certManager)),
    "cert-synchronizer": own(certificateRenewal(on.certificateArn)),
    vault: own(unsealing(on.vaultKeyArn)),
    observability: { existing: on.bucketPolicyArns.write, statements: [] },
    "observability-read": { existing: on.bucketPolicyArns.read, statements: [] },
    ...(traces === undefined ? {} : { tempo: { existing: traces, statements: [] } }),
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
