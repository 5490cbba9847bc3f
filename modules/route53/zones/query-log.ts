import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Route53QueryLog } from "@cdktf/provider-aws/lib/route53-query-log";
import { administration } from "../../../lib/constructs/key-policy";
import { useByLogGroups } from "../../../lib/constructs/log-group-key";
import { policyDocument } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";
import { homeRegion } from "./home-region";

interface QueryLog {
  readonly zoneId: string;
  readonly retentionDays: number;
  /** Encrypts logs in the environment's region. */
  readonly logKeyArn: string;
}

/** Logs the queries for the public zone, in the region that Route 53 requires. */
export function addQueryLog(stack: LayerStack, { zoneId, retentionDays, logKeyArn }: QueryLog): void {
  const { region } = stack.environment;
  const home = homeRegion(stack.environment.partition);
  const provider = stack.awsIn(home);
  const name = stack.named("logGroup", "dns-queries");
  const group = new CloudwatchLogGroup(stack, "query-log-group", {
    provider,
    name,
    kmsKeyId: home === region ? logKeyArn : addLogKey(stack, home),
    retentionInDays: retentionDays,
  });
  // The quota is ten per account and region, which limits an account to ten environments.
  const permission = new CloudwatchLogResourcePolicy(stack, "query-log-permission", {
    provider,
    policyName: name,
    policyDocument: policyDocument([
      {
        Effect: "Allow",
        Principal: { Service: "route53.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${group.arn}:*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": stack.environment.account },
          ArnLike: { "aws:SourceArn": stack.arn("route53", "hostedzone/*", { region: "", account: "" }) },
        },
      },
    ]),
  });
  new Route53QueryLog(stack, "query-log", {
    zoneId,
    cloudwatchLogGroupArn: group.arn,
    // Route 53 verifies its write permission at creation.
    dependsOn: [permission],
  });
}

/** Adds a key in a region other than that of the kms layer's keys; returns its ARN. */
function addLogKey(stack: LayerStack, region: string): string {
  const provider = stack.awsIn(region);
  const place = { ...stack.environment, region };
  const key = new KmsKey(stack, "query-log-key", {
    provider,
    description: `${stack.environment.name}: DNS query log`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyDocument([administration(place), useByLogGroups(place)]),
    tags: { Name: stack.named("kmsAlias", "dns-queries") },
  });
  new KmsAlias(stack, "query-log-key-alias", {
    provider,
    name: `alias/${stack.named("kmsAlias", "dns-queries")}`,
    targetKeyId: key.keyId,
  });
  return key.arn;
}
