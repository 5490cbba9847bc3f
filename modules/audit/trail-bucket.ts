import type { Statement } from "../../lib/constructs/iam-policy";
import { addPrivateBucket, bucketArn } from "../../lib/constructs/private-bucket";
import type { LayerStack } from "../../lib/layer/stack";

/** The bucket of a trail to be. */
export interface TrailBucket {
  readonly keyArn: string;
  readonly accessLogBucket: string;
  readonly trailArn: string;
  readonly retentionDays: number;
}

/** Adds the bucket that keeps recorded API calls; returns its name. */
export function addTrailBucket(stack: LayerStack, given: TrailBucket): string {
  const name = stack.named("s3Bucket", `${stack.environment.account}-trail`);
  return addPrivateBucket(stack, "trail-bucket", {
    name,
    keyArn: given.keyArn,
    accessLogBucket: given.accessLogBucket,
    // A changed or deleted record can be brought back for as long as it would have been kept.
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
