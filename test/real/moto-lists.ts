import { signedRequest, type Question } from "./moto";

/** A question to moto: what is there of a kind? */
interface List {
  /** Service as requests are signed for it. */
  readonly service: string;
  readonly region: string;
  /** Path, or action with its parameters. */
  readonly what: string;
  readonly path: string;
  readonly init: Question;
  /** Beginnings of the Terraform types that the answer shows, each for itself or as a part of another. */
  readonly shows: readonly string[];
}

const home = "us-west-2";

/** An action of a service that speaks forms and XML. */
function form(service: string, action: string, ...shows: readonly string[]): List {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = `Version=${versions[service] ?? ""}&Action=${action}`;
  return { service, region: home, what: action, path: "/", init: { method: "POST", headers, body }, shows };
}

/** Moto picks the newer of two services by it. */
const versions: Readonly<Record<string, string>> = { elasticloadbalancing: "2015-12-01" };

/** An action of a service that speaks JSON, as its header names it, and what else to say. */
function json(service: string, action: string, ...shows: readonly string[]): List {
  const [target = "", body = "{}"] = action.split(" ");
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  return { service, region: home, what: action, path: "/", init: { method: "POST", headers, body }, shows };
}

/** A path of a service that speaks REST. */
function rest(service: string, path: string, ...shows: readonly string[]): List {
  return { service, region: home, what: path, path, init: {}, shows };
}

function inRegion(region: string, list: List): List {
  return { ...list, region };
}

const publicAccessBlock: List = {
  ...rest("s3", "/v20180820/configuration/publicAccessBlock", "aws_s3_account_public_access_block"),
  init: { headers: { "x-amz-account-id": "123456789012" } },
};

// EC2 lists for a while what is gone.
const runs = "Filter.1.Name=instance-state-name&Filter.1.Value.1=running&Filter.1.Value.2=stopped";
const isUp = "Filter.1.Name=state&Filter.1.Value.1=available";
const isOpen = "Filter.1.Name=vpc-endpoint-state&Filter.1.Value.1=available";
// A VPC's own list goes with the VPC, an automated snapshot with its cluster; in moto they stay.
const isExtra = "Filter.1.Name=default&Filter.1.Value.1=false";
const isManual = "SnapshotType=manual";
const isOurs = '{"Filters":[{"Key":"Owner","Values":["Self"]}]}';

/**
 * AWS lists of all objects that the layers create, directly or not. Without network interfaces: layers create none, and
 * moto keeps those of NAT gateways and instances.
 */
const lists: readonly List[] = [
  json("acm", "CertificateManager.ListCertificates", "aws_acm_certificate"),
  rest("backup", "/backup-vaults", "aws_backup_vault"),
  inRegion("us-east-2", rest("backup", "/backup-vaults")),
  rest("backup", "/backup/plans", "aws_backup_plan"),
  json("cloudtrail", "CloudTrail_20131101.DescribeTrails", "aws_cloudtrail"),
  form("ec2", "DescribeAddresses", "aws_eip"),
  form("ec2", "DescribeFlowLogs", "aws_flow_log"),
  form("ec2", `DescribeInstances&${runs}`, "aws_instance"),
  form("ec2", "DescribeInternetGateways", "aws_internet_gateway"),
  form("ec2", "DescribeLaunchTemplates", "aws_launch_template"),
  form("ec2", `DescribeNatGateways&${isUp}`, "aws_nat_gateway"),
  form("ec2", `DescribeNetworkAcls&${isExtra}`),
  form("ec2", "DescribeRouteTables", "aws_route", "aws_route_table"),
  form("ec2", "DescribeSecurityGroupRules", "aws_vpc_security_group"),
  form("ec2", "DescribeSecurityGroups", "aws_default_security_group", "aws_security_group"),
  form("ec2", "DescribeSubnets", "aws_subnet"),
  form("ec2", "DescribeVolumes"),
  form("ec2", `DescribeVpcEndpoints&${isOpen}`, "aws_vpc_endpoint"),
  form("ec2", "DescribeVpcs", "aws_default_network_acl", "aws_vpc"),
  form("ec2", "GetEbsEncryptionByDefault", "aws_ebs_encryption_by_default"),
  json("ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", "aws_ecr"),
  rest("eks", "/clusters", "aws_eks"),
  rest("elasticfilesystem", "/2015-02-01/access-points", "aws_efs_access_point"),
  rest("elasticfilesystem", "/2015-02-01/file-systems", "aws_efs"),
  form("elasticloadbalancing", "DescribeLoadBalancers", "aws_lb"),
  form("elasticloadbalancing", "DescribeTargetGroups", "aws_lb_target_group"),
  json("events", "AWSEvents.ListRules", "aws_cloudwatch_event"),
  form("iam", "ListInstanceProfiles", "aws_iam_instance_profile"),
  form("iam", "ListOpenIDConnectProviders", "aws_iam_openid_connect_provider"),
  form("iam", "ListPolicies&Scope=Local", "aws_iam_policy"),
  form("iam", "ListRoles", "aws_iam_role"),
  json("kms", "TrentService.ListAliases", "aws_kms_alias"),
  rest("lambda", "/2015-03-31/functions", "aws_lambda"),
  json("logs", "Logs_20140328.DescribeLogGroups", "aws_cloudwatch_log_group"),
  inRegion("us-east-1", json("logs", "Logs_20140328.DescribeLogGroups")),
  json("logs", "Logs_20140328.DescribeMetricFilters", "aws_cloudwatch_log_metric_filter"),
  json("logs", "Logs_20140328.DescribeResourcePolicies", "aws_cloudwatch_log_resource_policy"),
  inRegion("us-east-1", json("logs", "Logs_20140328.DescribeResourcePolicies")),
  form("monitoring", "DescribeAlarms", "aws_cloudwatch_metric_alarm"),
  form("monitoring", "ListDashboards", "aws_cloudwatch_dashboard"),
  form("rds", "DescribeDBClusterParameterGroups", "aws_rds_cluster_parameter_group"),
  form("rds", `DescribeDBClusterSnapshots&${isManual}`),
  form("rds", "DescribeDBClusters", "aws_rds_cluster"),
  form("rds", "DescribeDBInstances", "aws_rds_cluster_instance"),
  form("rds", "DescribeDBParameterGroups", "aws_db_parameter_group"),
  form("rds", "DescribeDBSubnetGroups", "aws_db_subnet_group"),
  form("rds", "DescribeEventSubscriptions", "aws_db_event_subscription"),
  rest("route53", "/2013-04-01/hostedzone", "aws_route53_record", "aws_route53_zone"),
  rest("route53", "/2013-04-01/queryloggingconfig", "aws_route53_query_log"),
  rest("s3", "/", "aws_s3_bucket", "aws_s3_object"),
  publicAccessBlock,
  json("secretsmanager", "secretsmanager.ListSecrets", "aws_secretsmanager_secret"),
  json("shield", "AWSShield_20160616.ListProtections", "aws_shield_protection"),
  form("sns", "ListSubscriptions", "aws_sns_topic_subscription"),
  form("sns", "ListTopics", "aws_sns_topic"),
  json("ssm", `AmazonSSM.ListDocuments ${isOurs}`, "aws_ssm_document"),
  json("wafv2", 'AWSWAF_20190729.ListIPSets {"Scope":"REGIONAL"}', "aws_wafv2_ip_set"),
  json("wafv2", 'AWSWAF_20190729.ListWebACLs {"Scope":"REGIONAL"}', "aws_wafv2_web_acl"),
];

/** What exists, as moto lists it: answer by question. */
export type Answers = Readonly<Record<string, string>>;

/** Asks for every list. */
export async function everythingIn(url: string): Promise<Answers> {
  const answers = lists.map(async (list) => {
    const { service, region, what } = list;
    return [`${service} ${region} ${what}`, await answerTo(url, list)] as const;
  });
  const keys = ["us-west-2", "us-east-1", "us-east-2"].map(
    async (region) => [`keys in use in ${region}`, await keysInUse(url, region)] as const,
  );
  return Object.fromEntries(await Promise.all([...answers, ...keys]));
}

/** Whether it would be noticed if something of a type were left; `others` are types that somebody else lists. */
export function isListed(type: string, others: readonly string[]): boolean {
  const shown = [...lists.flatMap(({ shows }) => shows), ...others, "aws_kms_key"];
  return shown.some((start) => type === start || type.startsWith(`${start}_`));
}

/** An error is an answer, too: moto fails to list a certificate, and says so when there is one. */
async function answerTo(url: string, { service, region, path, init }: List): Promise<string> {
  const answer = await signedRequest(`${url}${path}`, { service, region }, init);
  return (await answer.text()).replace(/<requestid>[^<]*</gi, "<RequestId><");
}

/** Keys that do not wait for their deletion, which takes weeks. */
async function keysInUse(url: string, region: string): Promise<string> {
  const ask = async (action: string) =>
    JSON.parse(await answerTo(url, inRegion(region, json("kms", `TrentService.${action}`)))) as unknown;
  // KMS's answers, as far as they are read.
  const { Keys } = (await ask("ListKeys")) as { readonly Keys: readonly { readonly KeyId: string }[] };
  const states = Keys.map(async ({ KeyId }) => {
    const { KeyMetadata } = (await ask(`DescribeKey ${JSON.stringify({ KeyId })}`)) as {
      readonly KeyMetadata: { readonly KeyState: string };
    };
    return KeyMetadata.KeyState === "PendingDeletion" ? [] : [KeyId];
  });
  return (await Promise.all(states)).flat().join();
}
