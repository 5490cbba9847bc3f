import type { Environment } from "../../lib/layer/environment-schema";
import type { Statement } from "../../lib/constructs/iam-policy";

/** CloudTrail encrypts the files of this account's trails, and looks the key up first. */
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
    { Sid: "LookUpByTrails", ...trail, Action: "kms:DescribeKey", Condition: { ArnLike: isOurs } },
  ];
}

/** Services that publish to an encrypted topic encrypt what they publish; SNS names the topic in the context. */
export function publishers({ partition, region, account, name }: Environment): Statement {
  const services = ["cloudwatch", "budgets", "events.rds", "cloudtrail"];
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
