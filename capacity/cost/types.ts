/** Types that the estimate counts; a test compares them with what capacity/cost/ reads. */
const counted = [
  "aws_backup_plan",
  "aws_cloudwatch_dashboard",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_metric_alarm",
  "aws_efs_file_system",
  "aws_eip",
  "aws_eks_cluster",
  "aws_eks_node_group",
  "aws_instance",
  "aws_kms_key",
  "aws_kms_replica_key",
  "aws_lb",
  "aws_nat_gateway",
  "aws_rds_cluster",
  "aws_rds_cluster_instance",
  "aws_route53_query_log",
  "aws_route53_zone",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  "aws_shield_protection",
  "aws_shield_subscription",
  "aws_vpc_endpoint",
  "aws_wafv2_web_acl",
  "aws_wafv2_web_acl_logging_configuration",
];

/** What is billed by a use of which nothing is known. */
export const billedByUse: Readonly<Record<string, string>> = {
  aws_lambda_function: "Lambda functions",
  aws_ecr_repository: "images in ECR repositories",
  aws_ecr_pull_through_cache_rule: "images in the ECR pull-through cache",
  aws_guardduty_detector: "GuardDuty",
  aws_securityhub_account: "Security Hub",
  aws_backup_restore_testing_plan: "restore tests",
  aws_cloudtrail: "CloudTrail data events",
  aws_cloudwatch_log_metric_filter: "custom metrics of metric filters",
};

/** Types that cost nothing themselves, though what they configure may. */
const free = new Set([
  ...ofService("acm", "certificate certificate_validation"),
  ...ofService("autoscaling", "lifecycle_hook"),
  ...ofService("backup", "restore_testing_selection selection vault vault_lock_configuration vault_policy"),
  ...ofService("budgets", "budget"),
  ...ofService("cloudwatch", "event_rule event_target log_resource_policy"),
  ...ofService("db", "event_subscription parameter_group subnet_group"),
  ...ofService("default", "network_acl security_group"),
  ...ofService("ebs", "encryption_by_default"),
  ...ofService("ecr", "lifecycle_policy repository_creation_template repository_policy"),
  ...ofService("efs", "access_point backup_policy file_system_policy mount_target"),
  ...ofService("eks", "access_entry access_policy_association addon pod_identity_association"),
  ...ofService(
    "iam",
    "instance_profile openid_connect_provider policy role role_policy role_policy_attachment",
  ),
  ...ofService("kms", "alias"),
  ...ofService("lambda", "permission"),
  ...ofService("lb", "listener listener_rule target_group target_group_attachment"),
  ...ofService("network", "acl acl_association acl_rule"),
  ...ofService("rds", "cluster_parameter_group"),
  ...ofService("route", "table table_association"),
  ...ofService("route53", "hosted_zone_dnssec key_signing_key record"),
  ...ofService(
    "s3",
    `account_public_access_block bucket_lifecycle_configuration bucket_logging bucket_notification
    bucket_ownership_controls bucket_policy bucket_public_access_block
    bucket_server_side_encryption_configuration bucket_versioning object`,
  ),
  ...ofService("secretsmanager", "secret_policy secret_rotation secret_version"),
  ...ofService("sns", "topic topic_policy topic_subscription"),
  ...ofService("ssm", "document parameter"),
  ...ofService("vpc", "ipv4_cidr_block_association security_group_egress_rule security_group_ingress_rule"),
  ...ofService("wafv2", "ip_set web_acl_association"),
  ...["aws_flow_log", "aws_internet_gateway", "aws_launch_template", "aws_route"],
  ...["aws_security_group", "aws_subnet", "aws_vpc"],
]);

/** How the shared tables know the cost of a type; undefined when they do not. */
export function costKind(type: string): "counted" | "by use" | "free" | undefined {
  if (counted.includes(type)) return "counted";
  if (Object.hasOwn(billedByUse, type)) return "by use";
  return free.has(type) ? "free" : undefined;
}

function ofService(service: string, names: string): readonly string[] {
  return names.split(/\s+/).map((name) => `aws_${service}_${name}`);
}
