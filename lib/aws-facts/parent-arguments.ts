/** The argument of types without tags that names what their objects belong to. */
export const parentArguments: Readonly<Record<string, string>> = {
  aws_backup_restore_testing_selection: "restore_testing_plan_name",
  aws_backup_selection: "plan_id",
  aws_efs_mount_target: "file_system_id",
  aws_eks_access_policy_association: "cluster_name",
  aws_kms_alias: "target_key_id",
  aws_lambda_permission: "function_name",
  aws_route: "route_table_id",
  aws_route53_key_signing_key: "hosted_zone_id",
  aws_route53_query_log: "zone_id",
  aws_route53_record: "zone_id",
  aws_route_table_association: "route_table_id",
  aws_vpc_ipv4_cidr_block_association: "vpc_id",
};

/** Types without tags whose objects belong to nothing but the account. */
export const parentless: readonly string[] = [
  "aws_ecr_pull_through_cache_rule",
  "aws_ecr_repository_creation_template",
  "aws_shield_subscription",
];
