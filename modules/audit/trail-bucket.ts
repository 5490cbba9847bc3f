import type { Statement } from "../../lib/constructs/iam-policy";
import { addPrivateBucket, bucketArn } from "../../lib/constructs/private-bucket";
import type { LayerStack } from "../../lib/layer/stack";

/** Inputs of the trail's bucket. */
export interface TrailBucket {
  readonly keyArn: string;
  readonly accessLogBucket: string;
  readonly trailArn: string;
  readonly retentionDays: number;
}

/** Adds the bucket for CloudTrail log files; returns its name. */
export function addTrailBucket(stack: LayerStack, given: TrailBucket): string {
  const name = stack.named("s3Bucket", `${stack.environment.account}-trail`);
  return addPrivateBucket(stack, "trail-bucket", {
    name,
    keyArn: given.keyArn,
    accessLogBucket: given.accessLogBucket,
    // An overwritten or deleted log file can be restored within the same retention period.
    lifecycle: { expirationDays: given.retentionDays, noncurrentVersionDays: given.retentionDays },
    statements: fromTrail(bucketArn(stack, name), given.trailArn, stack.environment.account),
  });
}

function fromTrail(arn: string, trailArn: string, account: string): readonly Statement[] {
  const trail = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" } } as const;
  const isTheTrail = { "aws:SourceArn": trailArn };
  return [
    {
      Sid: "TrailReadsAcl",
      ...trail,
      Action: "s3:GetBucketAcl",
      Resource: arn,
      Condition: { StringEquals: isTheTrail },
    },
    {
      Sid: "TrailWrites",
      ...trail,
      Action: "s3:PutObject",
      Resource: `${arn}/AWSLogs/${account}/*`,
      Condition: { StringEquals: { ...isTheTrail, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}
