/** What stands in an import ID beside the values of the resource itself. */
export interface Account {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
}

/**
 * What Terraform imports resources by, where that is not their `id`, from the documentation of each in the provider; `{id}` is
 * known only of what was created: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
 */
export const importFormats: Readonly<Record<string, string>> = {
  aws_autoscaling_lifecycle_hook: "{autoscaling_group_name}/{name}",
  aws_backup_restore_testing_plan: "{name}",
  aws_backup_restore_testing_selection: "{name}:{restore_testing_plan_name}",
  aws_backup_selection: "{plan_id}|{id}",
  aws_backup_vault: "{name}",
  aws_backup_vault_lock_configuration: "{backup_vault_name}",
  aws_backup_vault_policy: "{backup_vault_name}",
  aws_budgets_budget: "{account}:{name}",
  aws_cloudtrail: "arn:{partition}:cloudtrail:{region}:{account}:trail/{name}",
  aws_cloudwatch_event_target: "{rule}/{target_id}",
  aws_cloudwatch_log_group: "{name}",
  aws_cloudwatch_log_metric_filter: "{log_group_name}:{name}",
  aws_db_event_subscription: "{name}",
  aws_db_parameter_group: "{name}",
  aws_db_subnet_group: "{name}",
  aws_ecr_pull_through_cache_rule: "{ecr_repository_prefix}",
  aws_ecr_repository: "{name}",
  aws_ecr_repository_creation_template: "{prefix}",
  aws_eks_access_entry: "{cluster_name}:{principal_arn}",
  aws_eks_access_policy_association: "{cluster_name}#{principal_arn}#{policy_arn}",
  aws_eks_addon: "{cluster_name}:{addon_name}",
  aws_eks_cluster: "{name}",
  aws_eks_node_group: "{cluster_name}:{node_group_name}",
  aws_eks_pod_identity_association: "{cluster_name},{id}",
  aws_iam_instance_profile: "{name}",
  aws_iam_openid_connect_provider: "arn:{partition}:iam::{account}:oidc-provider/{hostAndPath}",
  aws_iam_policy: "arn:{partition}:iam::{account}:policy{path}{name}",
  aws_iam_role: "{name}",
  aws_iam_role_policy_attachment: "{role}/{policy_arn}",
  aws_kms_alias: "{name}",
  aws_lambda_function: "{function_name}",
  aws_lambda_permission: "{function_name}/{statement_id}",
  aws_rds_cluster: "{cluster_identifier}",
  aws_rds_cluster_instance: "{identifier}",
  aws_rds_cluster_parameter_group: "{name}",
  aws_route: "{route_table_id}_{destination}",
  aws_route53_key_signing_key: "{hosted_zone_id},{name}",
  aws_route53_record: "{zone_id}_{name}_{type}",
  aws_route_table_association: "{subnet_id}/{route_table_id}",
  aws_s3_bucket: "{bucket}",
  aws_shield_subscription: "{account}",
  aws_sns_topic: "arn:{partition}:sns:{region}:{account}:{name}",
  aws_ssm_document: "{name}",
  aws_wafv2_ip_set: "{id}/{name}/{scope}",
  aws_wafv2_web_acl: "{id}/{name}/{scope}",
  helm_release: "{namespace}/{name}",
  kubernetes_namespace_v1: "{metadataName}",
  kubernetes_secret_v1: "{metadataNamespace}/{metadataName}",
  kubernetes_service_account_v1: "{metadataNamespace}/{metadataName}",
  kubernetes_storage_class_v1: "{metadataName}",
};

/** Types that the provider cannot import, or of which it reads so little that it would replace at once what was imported. */
const withoutImport: readonly string[] = [
  "aws_lb_target_group_attachment",
  "aws_secretsmanager_secret_version",
  "terraform_data",
];

/**
 * What Terraform imports an object by: made of the planned values of its resource, and of the provider's ID where one is known.
 * Undefined where a value that it needs is not known yet, or nothing is known that tells the object.
 */
export function importId(
  type: string,
  planned: Readonly<Record<string, unknown>>,
  { id, account }: { readonly id?: string; readonly account: Account },
): string | undefined {
  if (withoutImport.includes(type)) return undefined;
  const format = importFormats[type];
  if (format === undefined) return id;
  const { account: number, partition, region } = account;
  const place = { account: number, partition, region };
  const values: Readonly<Record<string, unknown>> = { ...planned, ...derived(planned), ...place, id };
  const names = [...format.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  if (names.some((name) => typeof values[name] !== "string" || values[name] === "")) return undefined;
  const filled = format.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  const { set_identifier: set } = planned;
  return type === "aws_route53_record" && typeof set === "string" && set !== "" ? `${filled}_${set}` : filled;
}

/** Values that are a part of an argument, or one of several. */
function derived(planned: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { url, metadata } = planned;
  const [head] = Array.isArray(metadata) ? (metadata as readonly unknown[]) : [];
  const { name, namespace } = Object(head) as Readonly<Record<string, unknown>>;
  return {
    hostAndPath: typeof url === "string" ? url.replace(/^https:\/\//, "") : undefined,
    destination: ["destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id"]
      .map((argument) => planned[argument])
      .find((value) => typeof value === "string" && value !== ""),
    metadataName: name,
    metadataNamespace: namespace ?? "default",
  };
}
