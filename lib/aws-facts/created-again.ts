/**
 * Types of which a second creation makes what the first has made: the service overwrites it, adopts it, or adds what is there
 * already. Looking for them by their names would import what nobody has set. A destroy looks for those of ./outlasting.ts all the same.
 */
export const createdAgain: readonly string[] = [
  "aws_acm_certificate_validation",
  "aws_autoscaling_lifecycle_hook",
  "aws_backup_vault_lock_configuration",
  "aws_backup_vault_policy",
  "aws_cloudwatch_dashboard",
  "aws_cloudwatch_event_rule",
  "aws_cloudwatch_event_target",
  "aws_cloudwatch_log_metric_filter",
  "aws_cloudwatch_log_resource_policy",
  "aws_cloudwatch_metric_alarm",
  "aws_default_network_acl",
  "aws_default_security_group",
  "aws_ebs_encryption_by_default",
  "aws_ecr_lifecycle_policy",
  "aws_efs_backup_policy",
  "aws_efs_file_system_policy",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_lb_target_group_attachment",
  "aws_route53_hosted_zone_dnssec",
  "aws_s3_account_public_access_block",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_logging",
  "aws_s3_bucket_notification",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_s3_object",
  // The second version takes the place of the first. An import would be replaced at once: the provider reads no write-only value.
  "aws_secretsmanager_secret_version",
  "aws_sns_topic_policy",
  // https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html returns the subscription that exists.
  "aws_sns_topic_subscription",
  "aws_wafv2_web_acl_association",
  "aws_wafv2_web_acl_logging_configuration",
  "terraform_data",
];
