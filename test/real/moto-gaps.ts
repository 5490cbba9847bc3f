import type { Blocks } from "./layer-json";

/** Something that moto 5.2.1 does otherwise than AWS; what it lacks is filled (api/fillers). */
export interface Gap {
  /** Terraform's type of what it concerns. */
  readonly type: string;
  readonly reason: string;
}

/** An attribute that moto leaves empty although others refer to it. */
export interface AttributeGap extends Gap {
  readonly attribute: string;
  /** The expression that takes its place. */
  readonly instead: string;
  /** What that expression refers to. */
  readonly resource: Blocks;
}

/** What a second plan wants to change for no fault of ours. */
export interface DriftGap extends Gap {
  /** The attribute, or the block that it is in. */
  readonly attribute: string;
}

/** What moto changes by itself, or forgets, so that others would change in consequence: Terraform does not look at it. */
export const ignoredChanges: readonly DriftGap[] = [
  {
    type: "aws_eks_cluster",
    attribute: "access_config",
    reason: "moto does not store it, and the cluster would be replaced",
  },
  {
    type: "aws_eks_node_group",
    attribute: "remote_access",
    reason: "moto gives back an empty one, and the nodes would be replaced",
  },
  {
    type: "aws_instance",
    attribute: "associate_public_ip_address",
    reason: "moto gives every instance in a subnet a public address, and the bastion would be replaced",
  },
  {
    type: "aws_launch_template",
    attribute: "tag_specifications",
    reason: "moto adds the template's own tags, and whatever is launched from it would be replaced",
  },
  {
    type: "aws_lb",
    attribute: "subnet_mapping",
    reason: "moto does not tell the addresses, and to set them again is refused",
  },
  {
    type: "aws_route53_zone",
    attribute: "vpc",
    reason: "moto takes a zone with a VPC for a public one, and to associate the VPC again is refused",
  },
];

/** Attributes that moto leaves empty. */
export const emptyAttributes: readonly AttributeGap[] = [
  {
    type: "aws_eks_cluster",
    attribute: "vpc_config[0].cluster_security_group_id",
    instead: "aws_security_group.made-by-eks.id",
    resource: {
      aws_security_group: {
        "made-by-eks": {
          name: "eks-cluster-sg",
          description: "In place of the security group that EKS creates for the cluster",
          vpc_id: "${data.terraform_remote_state.vpc.outputs.vpcId}",
        },
      },
    },
    reason: "moto creates no security group for a cluster",
  },
];

/** What moto does not give back as it was set: a second plan wants to set it again. */
export const forgotten: readonly DriftGap[] = [
  { type: "aws_backup_plan", attribute: "tags_all", reason: "moto lists no tags of backup plans" },
  { type: "aws_backup_vault", attribute: "tags_all", reason: "moto lists no tags of backup vaults" },
  {
    type: "aws_db_parameter_group",
    attribute: "parameter",
    reason: "moto does not say which parameters the user has set",
  },
  { type: "aws_eks_cluster", attribute: "upgrade_policy", reason: "moto does not store it" },
  { type: "aws_eks_node_group", attribute: "node_repair_config", reason: "moto does not store it" },
  { type: "aws_eks_node_group", attribute: "update_config", reason: "moto does not store it" },
  { type: "aws_instance", attribute: "user_data", reason: "moto gives back an empty one" },
  {
    type: "aws_instance",
    attribute: "vpc_security_group_ids",
    reason: "moto does not keep those of a network interface that is created with the instance",
  },
  { type: "aws_kms_key", attribute: "rotation_period_in_days", reason: "moto stores only that keys rotate" },
  { type: "aws_lambda_function", attribute: "kms_key_arn", reason: "moto does not store it" },
  { type: "aws_lambda_function", attribute: "logging_config", reason: "moto does not store it" },
  {
    type: "aws_rds_cluster",
    attribute: "scaling_configuration",
    reason: "moto gives every cluster that of the first serverless version",
  },
  { type: "aws_rds_cluster_instance", attribute: "monitoring_interval", reason: "moto does not store it" },
  { type: "aws_rds_cluster_instance", attribute: "monitoring_role_arn", reason: "moto does not store it" },
  {
    type: "aws_rds_cluster_instance",
    attribute: "performance_insights_enabled",
    reason: "moto does not store it",
  },
  {
    type: "aws_rds_cluster_instance",
    attribute: "performance_insights_kms_key_id",
    reason: "moto does not store it",
  },
  {
    type: "aws_rds_cluster_instance",
    attribute: "performance_insights_retention_period",
    reason: "moto does not store it",
  },
  {
    type: "aws_s3_bucket_notification",
    attribute: "eventbridge",
    reason: "moto stores it, but does not give it back",
  },
  {
    type: "aws_vpc_security_group_egress_rule",
    attribute: "description",
    reason: "moto forgets it where the rule leads to a group or a prefix list",
  },
  {
    type: "aws_vpc_security_group_ingress_rule",
    attribute: "description",
    reason: "moto forgets it where the rule is for a group",
  },
];
