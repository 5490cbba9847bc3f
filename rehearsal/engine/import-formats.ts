import type { Attributes } from "./behaviour";

/** Attributes whose values together are what an object is imported by, where its own id is not, and what stands between them. */
const formats: Readonly<Record<string, { readonly of: readonly string[]; readonly between: string }>> = {
  aws_autoscaling_lifecycle_hook: { of: ["autoscaling_group_name", "name"], between: "/" },
  aws_backup_restore_testing_selection: { of: ["name", "restore_testing_plan_name"], between: ":" },
  aws_backup_selection: { of: ["plan_id", "id"], between: "|" },
  aws_cloudwatch_event_target: { of: ["rule", "target_id"], between: "/" },
  aws_cloudwatch_log_metric_filter: { of: ["log_group_name", "name"], between: ":" },
  aws_eks_access_entry: { of: ["cluster_name", "principal_arn"], between: ":" },
  aws_eks_pod_identity_association: { of: ["cluster_name", "association_id"], between: "," },
  aws_iam_role_policy_attachment: { of: ["role", "policy_arn"], between: "/" },
  aws_lambda_permission: { of: ["function_name", "statement_id"], between: "/" },
  aws_route: { of: ["route_table_id", "destination_cidr_block"], between: "_" },
  aws_route53_key_signing_key: { of: ["hosted_zone_id", "name"], between: "," },
  aws_route_table_association: { of: ["subnet_id", "route_table_id"], between: "/" },
  aws_wafv2_ip_set: { of: ["id", "name", "scope"], between: "/" },
  aws_wafv2_web_acl: { of: ["id", "name", "scope"], between: "/" },
  helm_release: { of: ["namespace", "name"], between: "/" },
};

/** Whether this is what an object is imported by: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs */
export function isImportedBy(type: string, attributes: Readonly<Attributes>, importId: string): boolean {
  const { name, arn, bucket } = attributes;
  if ([name, arn, bucket].includes(importId)) return true;
  const format = formats[type];
  return format !== undefined && format.of.map((key) => attributes[key]).join(format.between) === importId;
}
