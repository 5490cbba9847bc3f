import type { RuleId } from "../../policy/index";
import type { Arguments } from "../../synthesis/resource";
import type { Partition } from "../everything-on";
import { policyOf } from "./resources";

/** A change to every resource of a type in a layer, so that they violate a rule. */
export interface Seed {
  readonly rule: RuleId;
  readonly layer: string;
  readonly type: string;
  readonly change: (given: Arguments, partition: Partition) => Arguments;
}

/** Violations of resources that differ from scale profile to scale profile, and of texts that name the partition. */
export const seeds: readonly Seed[] = [
  {
    rule: "node-remote-access",
    layer: "eks",
    type: "aws_eks_node_group",
    change: (given) => ({ ...given, remote_access: { ec2_ssh_key: "operators" } }),
  },
  {
    rule: "instance-metadata-tokens",
    layer: "eks",
    type: "aws_launch_template",
    change: (given) => ({ ...given, metadata_options: { http_tokens: "optional" } }),
  },
  {
    rule: "alarm-actions",
    layer: "eks",
    type: "aws_cloudwatch_metric_alarm",
    change: (given) => ({ ...given, actions_enabled: false }),
  },
  {
    rule: "database-private",
    layer: "aurora",
    type: "aws_rds_cluster_instance",
    change: (given) => ({ ...given, publicly_accessible: true }),
  },
  {
    rule: "database-deletion-protection",
    layer: "aurora",
    type: "aws_rds_cluster",
    change: (given) => ({ ...given, deletion_protection: false }),
  },
  {
    rule: "service-endpoints",
    layer: "vpc",
    type: "aws_vpc_endpoint",
    change: (given) => ({ ...given, service_name: `${String(given["service_name"])}-fips` }),
  },
  {
    rule: "managed-administration",
    layer: "eks",
    type: "aws_iam_role_policy_attachment",
    change: (given, partition) => ({
      ...given,
      policy_arn: `arn:${partition}:iam::aws:policy/AdministratorAccess`,
    }),
  },
  {
    rule: "key-use",
    layer: "eks",
    type: "aws_iam_role_policy",
    change: (given, partition) => ({
      ...given,
      policy: policyOf({
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: `arn:${partition}:kms:*:*:key/*`,
      }),
    }),
  },
  {
    rule: "trust-conditions",
    layer: "eks",
    type: "aws_iam_role",
    change: (given, partition) => ({
      ...given,
      assume_role_policy: policyOf({
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::444455556666:root` },
        Action: "sts:AssumeRole",
      }),
    }),
  },
  {
    rule: "bucket-tls",
    layer: "audit",
    type: "aws_s3_bucket_policy",
    change: (given, partition) => ({
      ...given,
      policy: policyOf({
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::111122223333:root` },
        Action: "s3:GetObject",
        Resource: `arn:${partition}:s3:::logs/*`,
      }),
    }),
  },
];
