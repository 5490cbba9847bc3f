/** Global condition keys by which a service says for whom it acts. */
type SourceKey = "aws:sourcearn" | "aws:sourceaccount";

/** What a service sends with its requests, by its documentation. */
interface Sent {
  readonly keys: readonly SourceKey[];
  readonly source: string;
}

const both = ["aws:sourcearn", "aws:sourceaccount"] as const;
/** The source is a page of AWS's documentation, or a whole address. */
const sends = (source: string): Sent => ({
  keys: both,
  source: new URL(source, "https://docs.aws.amazon.com").href,
});
const sendsNone = (source: string): Sent => ({ ...sends(source), keys: [] });

/**
 * Keys that services send when they assume a role. Those without keys assume roles of their own account only, which a
 * principal of that account passed to them.
 */
const toRoles: Readonly<Record<string, Sent | undefined>> = {
  "backup.amazonaws.com": sendsNone("aws-backup/latest/devguide/iam-service-roles.html"),
  "cloudtrail.amazonaws.com": sendsNone(
    "awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html",
  ),
  "ec2.amazonaws.com": sendsNone("AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html"),
  "ecr.amazonaws.com": sendsNone("AmazonECR/latest/userguide/repository-creation-templates-create-iam.html"),
  "eks.amazonaws.com": sends("eks/latest/userguide/cross-service-confused-deputy-prevention.html"),
  "events.amazonaws.com": sends("eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html"),
  "lambda.amazonaws.com": sendsNone("lambda/latest/dg/lambda-intro-execution-role.html"),
  "monitoring.rds.amazonaws.com": sends(
    "AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html#USER_Monitoring.OS.confused-deputy",
  ),
  // The ARN of the cluster, not of the association: https://github.com/awslabs/mountpoint-s3-csi-driver/issues/781.
  "pods.eks.amazonaws.com": sends(
    "https://aws.amazon.com/blogs/containers/amazon-eks-pod-identity-a-new-way-for-applications-on-eks-to-obtain-iam-credentials/",
  ),
  "ssm.amazonaws.com": sends(
    "systems-manager/latest/userguide/running-automations-multiple-accounts-regions.html",
  ),
  "vpc-flow-logs.amazonaws.com": sends("vpc/latest/userguide/flow-logs-iam-role.html"),
};

/** Keys that services send when they use a bucket, topic, key or log group. */
const toResources: Readonly<Record<string, Sent | undefined>> = {
  "budgets.amazonaws.com": sends("cost-management/latest/userguide/budgets-sns-policy.html"),
  "cloudtrail.amazonaws.com": sends(
    "awscloudtrail/latest/userguide/cross-service-confused-deputy-prevention.html",
  ),
  "cloudwatch.amazonaws.com": sends("sns/latest/dg/sns-key-management.html#compatibility-with-aws-services"),
  "delivery.logs.amazonaws.com": sends("AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html"),
  "dnssec-route53.amazonaws.com": sends(
    "Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html",
  ),
  "events.rds.amazonaws.com": sends("AmazonRDS/latest/UserGuide/USER_Events.GrantingPermissions.html"),
  "logdelivery.elasticloadbalancing.amazonaws.com": sendsNone(
    "elasticloadbalancing/latest/application/enable-access-logging.html",
  ),
  "logging.s3.amazonaws.com": sends("AmazonS3/latest/userguide/enable-server-access-logging.html"),
  "route53.amazonaws.com": sends("Route53/latest/DeveloperGuide/query-logs.html"),
};

/** What a service sends; undefined if it is not in the table. Some principals end in `.cn` in China. */
export function sentBy(service: string, to: "role" | "resource"): Sent | undefined {
  const table = to === "role" ? toRoles : toResources;
  return table[service.replace(/\.cn$/, "")];
}
