import type { Environment } from "../../lib/layer/environment-schema";
import { bucketArn, addPrivateBucket } from "../../lib/constructs/private-bucket";
import type { Statement } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

/**
 * The accounts of Elastic Load Balancing in regions without a log delivery service principal.
 * https://docs.amazonaws.cn/en_us/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const loadBalancerAccounts: Readonly<Record<string, string>> = {
  "cn-north-1": "638102146993",
  "cn-northwest-1": "037604701340",
};

/** Adds the bucket for access logs of load balancers and of S3; returns its name. */
export function addAccessLogBucket(stack: LayerStack, retentionDays: number): string {
  const { environment } = stack;
  const name = stack.named("s3Bucket", `${environment.account}-access-logs`);
  return addPrivateBucket(stack, "access-logs", {
    name,
    // No customer-managed key: access logs cannot be delivered to a bucket with one.
    // No access log of its own, which would grow recursively.
    lifecycle: { expirationDays: retentionDays, noncurrentVersionDays: 7 },
    statements: [
      fromLoadBalancers(environment, bucketArn(stack, name)),
      fromBuckets(environment, bucketArn(stack, name)),
    ],
  });
}

function fromLoadBalancers(environment: Environment, arn: string): Statement {
  return {
    Sid: "LoadBalancerLogs",
    Effect: "Allow",
    Principal: loadBalancers(environment),
    Action: "s3:PutObject",
    // The path contains the account, so load balancers of other accounts cannot write here.
    Resource: `${arn}/AWSLogs/${environment.account}/*`,
  };
}

function loadBalancers({ partition, region }: Environment): NonNullable<Statement["Principal"]> {
  const account = loadBalancerAccounts[region];
  if (account !== undefined) return { AWS: `arn:${partition}:iam::${account}:root` };
  return { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };
}

function fromBuckets({ account }: Environment, arn: string): Statement {
  return {
    Sid: "BucketLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${arn}/s3/*`,
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}
