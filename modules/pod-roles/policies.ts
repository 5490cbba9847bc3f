import type { Statement } from "../../lib/constructs/iam-policy";
import type { PodPolicy } from "../../lib/constructs/pod-role";
import type { LayerStack } from "../../lib/layer/stack";
import { certificateSynchronisation, dnsChallenges, unsealing } from "./platform-policies";
import { type ByProgram, roleName } from "./programs";

/** Resources of other layers that the programs use. */
export interface PodResources {
  readonly vaultKeyArn: string;
  readonly publicZoneId: string;
  /** The certificate into which the platform imports that of Let's Encrypt; undefined if it is of another source. */
  readonly synchronisedCertificateArn: string | undefined;
  /** Policies of the observability buckets, by name; `traces` is undefined if tracing is disabled. */
  readonly bucketPolicyArns: Readonly<Record<"read" | "write", PolicyArns>> & {
    readonly traces: PolicyArns | undefined;
  };
}

type PolicyArns = Readonly<Record<string, string>>;

/** The AWS permissions of each program, including Tempo if tracing is enabled. */
export function podPolicies(stack: LayerStack, on: PodResources): ByProgram<PodPolicy> {
  const own = (statements: readonly Statement[]) => ({ existing: {}, statements });
  const { traces } = on.bucketPolicyArns;
  const { synchronisedCertificateArn: synchronised } = on;
  const certManager = stack.roleArn(roleName(stack, "cert-manager"));
  return {
    "aws-load-balancer-controller": own(targetRegistration(stack)),
    "cluster-autoscaler": own(autoscaling(stack)),
    "cert-manager": own(synchronised === undefined ? [] : dnsChallenges(stack, on.publicZoneId, certManager)),
    "cert-synchronizer": own(
      synchronised === undefined ? [] : certificateSynchronisation(stack, synchronised),
    ),
    vault: own(unsealing(on.vaultKeyArn)),
    observability: { existing: on.bucketPolicyArns.write, statements: [] },
    "observability-read": { existing: on.bucketPolicyArns.read, statements: [] },
    ...(traces === undefined ? {} : { tempo: { existing: traces, statements: [] } }),
  };
}

/** Allows the controller to register pods in target groups, but not to create load balancers. */
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
      Resource: stack.arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/*"),
      // EKS sets this tag on the Auto Scaling groups of its node groups.
      Condition: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${name}`]: "owned" } },
    },
  ];
}
