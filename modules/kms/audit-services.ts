import type { Environment } from "../../lib/layer/environment-schema";
import type { Statement } from "../../lib/constructs/iam-policy";

/** Lets CloudTrail encrypt the log files of this account's trails, and look up the key first. */
export function trails({ partition, region, account }: Environment): readonly Statement[] {
  const trail = {
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Resource: "*",
  } as const;
  const isOurs = { "aws:SourceArn": `arn:${partition}:cloudtrail:${region}:${account}:trail/*` };
  return [
    {
      Sid: "EncryptionByTrails",
      ...trail,
      Action: "kms:GenerateDataKey*",
      Condition: {
        ArnLike: {
          ...isOurs,
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:${partition}:cloudtrail:*:${account}:trail/*`,
        },
      },
    },
    // CloudTrail creates no trail without kms:Decrypt, because the bucket has an S3 Bucket Key.
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
    {
      Sid: "LookUpByTrails",
      ...trail,
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Condition: { ArnLike: isOurs },
    },
  ];
}

/**
 * Lets services encrypt the messages they publish to an encrypted topic; SNS names the topic in the encryption context.
 * AWS Budgets is one of them only where there is a budget, because not every partition has it.
 */
export function publishers(
  { partition, region, account, name }: Environment,
  { budget }: { readonly budget: boolean },
): Statement {
  const services = ["cloudwatch", ...(budget ? ["budgets"] : []), "events.rds", "cloudtrail"];
  return {
    Sid: "UseByPublishers",
    Effect: "Allow",
    Principal: { Service: services.map((service) => `${service}.amazonaws.com`) },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:sns:topicArn": `arn:${partition}:sns:${region}:${account}:${name}-*`,
      },
    },
  };
}
