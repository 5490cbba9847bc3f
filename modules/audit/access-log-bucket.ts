import type { Environment } from "../../lib/layer/environment-schema";
import { bucketArn, addPrivateBucket } from "../../lib/constructs/private-bucket";
import type { Statement } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

/**
 * The accounts that load balancers write as in regions without a log delivery principal.
 * https://docs.amazonaws.cn/en_us/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const loadBalancerAccounts: Readonly<Record<string, string>> = {
  "cn-north-1": "638102146993",
  "cn-northwest-1": "037604701340",
};

/** Adds the bucket that load balancers and S3 itself write access logs to; returns its name. */
export function addAccessLogBucket(stack: LayerStack, retentionDays: number): string {
  const { environment } = stack;
  const name = stack.named("s3Bucket", `${environment.account}-access-logs`);
  return addPrivateBucket(stack, "access-logs", {
    name,
    // No key: neither a load balancer nor S3 delivers access logs to a bucket with one.
    // No access log of its own either: each entry would cause the next.
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
    // The path names the account, so that no one else's load balancer can write here.
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
