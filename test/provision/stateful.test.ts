import { expect, test } from "vitest";
import { contentsOf, isStateful } from "../../scripts/provision/terraform/stateful";
import { builtInTypes } from "../resource-types";

/** Every type in use whose objects Terraform creates again from the configuration, with nothing lost. */
const recreated = `
  aws_acm_certificate aws_acm_certificate_validation aws_autoscaling_lifecycle_hook aws_backup_plan
  aws_backup_restore_testing_plan aws_backup_restore_testing_selection aws_backup_selection
  aws_backup_vault_lock_configuration aws_backup_vault_policy aws_budgets_budget aws_cloudtrail
  aws_cloudwatch_dashboard aws_cloudwatch_event_rule aws_cloudwatch_event_target aws_cloudwatch_log_metric_filter
  aws_cloudwatch_log_resource_policy aws_cloudwatch_metric_alarm aws_db_event_subscription aws_db_parameter_group
  aws_db_subnet_group aws_default_network_acl aws_default_security_group aws_ebs_encryption_by_default
  aws_ecr_lifecycle_policy aws_ecr_pull_through_cache_rule aws_ecr_repository_creation_template
  aws_efs_access_point aws_efs_backup_policy aws_efs_file_system_policy aws_efs_mount_target aws_eip
  aws_eks_access_entry aws_eks_access_policy_association aws_eks_addon aws_eks_node_group
  aws_eks_pod_identity_association aws_flow_log aws_iam_instance_profile aws_iam_openid_connect_provider
  aws_iam_policy aws_iam_role aws_iam_role_policy aws_iam_role_policy_attachment aws_instance aws_internet_gateway
  aws_kms_alias aws_lambda_function aws_lambda_permission aws_launch_template aws_lb aws_lb_listener
  aws_lb_listener_rule aws_lb_target_group aws_lb_target_group_attachment aws_nat_gateway
  aws_rds_cluster_parameter_group aws_route aws_route53_hosted_zone_dnssec aws_route53_key_signing_key
  aws_route53_query_log aws_route53_record aws_route_table aws_route_table_association
  aws_s3_account_public_access_block aws_s3_bucket_lifecycle_configuration aws_s3_bucket_logging
  aws_s3_bucket_notification aws_s3_bucket_ownership_controls aws_s3_bucket_policy aws_s3_bucket_public_access_block
  aws_s3_bucket_server_side_encryption_configuration aws_s3_bucket_versioning aws_s3_object
  aws_secretsmanager_secret_version aws_security_group aws_shield_protection aws_shield_subscription aws_sns_topic
  aws_sns_topic_policy aws_sns_topic_subscription aws_ssm_document aws_subnet aws_vpc aws_vpc_endpoint
  aws_vpc_ipv4_cidr_block_association aws_vpc_security_group_egress_rule aws_vpc_security_group_ingress_rule
  aws_wafv2_ip_set aws_wafv2_web_acl aws_wafv2_web_acl_association aws_wafv2_web_acl_logging_configuration
  helm_release kubernetes_secret_v1 kubernetes_service_account_v1 kubernetes_storage_class_v1`
  .trim()
  .split(/\s+/);

const inUse = builtInTypes(["aws", "kubernetes", "helm"]);

test("every type in use either holds what cannot be created again, or is listed as one that does not", () => {
  expect(inUse.filter((type) => isStateful(type) === recreated.includes(type))).toEqual([]);
});

test("no type is listed that is not in use", () => {
  expect(recreated.filter((type) => !inUse.includes(type))).toEqual([]);
});

test.each(["aws_backup_vault", "aws_ecr_repository", "aws_cloudwatch_log_group", "kubernetes_namespace_v1"])(
  "%s holds data",
  (type) => {
    expect(contentsOf(type)).toMatch(/^[\w ,]+$/);
  },
);
