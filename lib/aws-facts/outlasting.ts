/** How an object is imported, and how it is deleted by hand. */
interface Outlasting {
  /** What Terraform imports it by; `{name}` is the value of that argument. */
  readonly importId: string;
  /** Without the region. */
  readonly deletion: string;
}

/**
 * Of the types that are created again, those whose objects nothing else takes with it when it is deleted. AWS knows them by names:
 * https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
 */
export const outlasting: Readonly<Record<string, Outlasting>> = {
  aws_cloudwatch_dashboard: {
    importId: "{dashboard_name}",
    deletion: "aws cloudwatch delete-dashboards --dashboard-names {dashboard_name}",
  },
  aws_cloudwatch_event_rule: { importId: "{name}", deletion: "aws events delete-rule --name {name}" },
  // A rule is only deleted without any.
  aws_cloudwatch_event_target: {
    importId: "{rule}/{target_id}",
    deletion: "aws events remove-targets --rule {rule} --ids {target_id}",
  },
  aws_cloudwatch_log_resource_policy: {
    importId: "{policy_name}",
    deletion: "aws logs delete-resource-policy --policy-name {policy_name}",
  },
  aws_cloudwatch_metric_alarm: {
    importId: "{alarm_name}",
    deletion: "aws cloudwatch delete-alarms --alarm-names {alarm_name}",
  },
};

/** Fills in a text of the above; undefined where a value is not known. */
export function filled(text: string, values: Readonly<Record<string, unknown>>): string | undefined {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  if (names.some((name) => typeof values[name] !== "string" || values[name] === "")) return undefined;
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
