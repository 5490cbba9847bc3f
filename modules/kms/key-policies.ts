import type { Environment } from "../../lib/layer/environment-schema";
import { administration, useByRoles, useThrough } from "../../lib/constructs/key-policy";
import { useByLogGroups } from "../../lib/constructs/log-group-key";
import type { Statement } from "../../lib/constructs/iam-policy";
import { publishers, trails } from "./audit-services";
import type { DataClass } from "./data-classes";

/** What decides, beside the environment, who uses a key. */
export interface KeyUse {
  /** Whether a budget notifies the alarm topic. */
  readonly budget: boolean;
}

/** Principals that may use the key of each data class; the administration statement is the same for all. */
const users: Record<DataClass, (environment: Environment, use: KeyUse) => readonly Statement[]> = {
  // The cluster's role and the EBS driver's role call KMS themselves. EKS cannot create a cluster under
  // kms:GrantIsForAWSResource: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
  eks: (environment) => [useByRoles(environment, ["kms:CreateGrant"]), ...autoscaling(environment)],
  data: (environment) => useThrough(["rds", "elasticfilesystem", "secretsmanager", "s3"], environment),
  logs: (environment, use) => [
    useByLogGroups(environment),
    ...trails(environment),
    publishers(environment, use),
    // Readers of the trail's log files, and users who publish to a topic.
    ...useThrough(["s3", "sns"], environment),
  ],
  backup: (environment) => useThrough(["backup", "rds", "elasticfilesystem"], environment),
  // Vault's pods call KMS themselves, under the role their service account assumes.
  vault: (environment) => [useByRoles(environment)],
};

/** The statements of a data class's key policy. */
export function keyPolicy(dataClass: DataClass, environment: Environment, use: KeyUse): readonly Statement[] {
  return [administration(environment), ...users[dataClass](environment, use)];
}

/**
 * EC2 Auto Scaling starts nodes, whose disks are encrypted, under its service-linked role. The role's own policy has
 * no KMS permission and a new account has no such role yet. KMS refuses a policy that names a missing principal,
 * so the role is named by a condition.
 */
function autoscaling({ partition, account }: Environment): readonly Statement[] {
  const role = "aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
  const isTheRole = {
    "aws:PrincipalArn": `arn:${partition}:iam::${account}:role/${role}`,
    "kms:CallerAccount": account,
  };
  const allow = { Effect: "Allow", Principal: { AWS: "*" }, Resource: "*" } as const;
  return [
    {
      Sid: "UseByAutoScaling",
      ...allow,
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Condition: { StringEquals: isTheRole },
    },
    {
      Sid: "GrantsForAutoScaling",
      ...allow,
      Action: "kms:CreateGrant",
      Condition: { StringEquals: isTheRole, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
