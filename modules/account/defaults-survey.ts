import { awsCall, sent } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { question, type Question } from "../../lib/layer/survey";

/** Checks whether EBS encryption by default is enabled. */
export function disksQuestion({ region }: Environment, layerEnabled: boolean): Question {
  return question({
    about: "encryption of new disks",
    call: awsCall("ec2", "GetEbsEncryptionByDefault", {}),
    actions: ["ec2:GetEbsEncryptionByDefault"],
    finding: ({ EbsEncryptionByDefault }) =>
      sent(EbsEncryptionByDefault, "EbsEncryptionByDefault")
        ? undefined
        : `New disks in ${region} are not encrypted by default; ${toChange("ebsEncryption", layerEnabled)}`,
  });
}

/** Asks whether public buckets are refused. */
export function publicBucketsQuestion({ account }: Environment, layerEnabled: boolean): Question {
  const change = toChange("s3PublicAccessBlock", layerEnabled);
  return question({
    about: "the account's block of public buckets",
    call: awsCall("s3-control", "GetPublicAccessBlock", { AccountId: account }),
    actions: ["s3:GetAccountPublicAccessBlock"],
    finding: ({ PublicAccessBlockConfiguration }) => {
      const ways = Object.entries(sent(PublicAccessBlockConfiguration, "PublicAccessBlockConfiguration"));
      const open = ways.filter(([, blocked]) => blocked !== true).map(([way]) => way);
      if (open.length === 0) return undefined;
      return `The account blocks public buckets only in part (${open.join(", ")} is off); ${change}`;
    },
    findingOnRefusal: ({ code }) =>
      code === "NoSuchPublicAccessBlockConfiguration"
        ? `Nothing keeps buckets of the account from being public; ${change}`
        : undefined,
  });
}

function toChange(setting: string, layerEnabled: boolean): string {
  const value = layerEnabled ? `layers.account.${setting}: true` : "layers.account: { enabled: true }";
  return `to change that, set ${value} in the environment file`;
}
