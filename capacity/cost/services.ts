import { textsAt } from "../../synthesis/resource";
import { type CostBasis, type CostLine, costLines } from "./line";

/** Keys, secrets, web ACLs and zones; alarms and dashboards. */
export function costOfServices(basis: CostBasis): readonly CostLine[] {
  return [...security(basis), ...firewall(basis), ...monitoring(basis)];
}

/** What has a fixed price a month. */
function security({ synthesised, prices }: CostBasis): readonly CostLine[] {
  const keys = synthesised.of("aws_kms_key", "aws_kms_replica_key").length;
  const topic = "security";
  return costLines([
    // The first two rotations add a dollar each.
    { topic, item: "KMS keys", price: prices.of("key"), amount: [keys, 3 * keys], unit: "key version" },
    { topic, item: "secrets", price: prices.of("secret"), amount: secrets({ synthesised }), unit: "secret" },
    {
      topic,
      item: "hosted zones",
      price: prices.of("hostedZone"),
      amount: synthesised.of("aws_route53_zone").length,
      unit: "zone",
    },
    {
      topic,
      item: "Shield Advanced, once for the whole organisation",
      price: prices.of("shieldSubscription"),
      amount: synthesised.of("aws_shield_protection", "aws_shield_subscription").length === 0 ? 0 : 1,
      unit: "subscription",
    },
  ]);
}

/** Secrets of the environment, and those that RDS creates for master passwords. */
function secrets({ synthesised }: Pick<CostBasis, "synthesised">): number {
  const managed = synthesised
    .of("aws_rds_cluster")
    .filter((cluster) => cluster.is("manage_master_user_password", true));
  return synthesised.of("aws_secretsmanager_secret").length + managed.length;
}

function firewall({ synthesised, prices, usage }: CostBasis): readonly CostLine[] {
  const lists = synthesised.of("aws_wafv2_web_acl");
  const rules = lists.reduce((sum, list) => sum + textsAt(list.given, "rule.name").length, 0);
  const topic = "security";
  return costLines([
    { topic, item: "web ACLs", price: prices.of("webAcl"), amount: lists.length, unit: "web ACL" },
    { topic, item: "rules of web ACLs", price: prices.of("webAclRule"), amount: rules, unit: "rule" },
    {
      topic,
      item: "requests that web ACLs inspect",
      price: prices.of("webAclMillionRequests"),
      amount: lists.length === 0 ? 0 : usage.millionRequests,
      unit: "million",
      assumed: true,
    },
  ]);
}

function monitoring({ synthesised, prices }: CostBasis): readonly CostLine[] {
  const topic = "monitoring";
  return costLines([
    {
      topic,
      item: "alarms",
      price: prices.of("alarm"),
      amount: synthesised.of("aws_cloudwatch_metric_alarm").length,
      unit: "alarm",
    },
    {
      topic,
      item: "dashboards",
      price: prices.of("dashboard"),
      amount: synthesised.of("aws_cloudwatch_dashboard").length,
      unit: "dashboard",
    },
  ]);
}
