import { z } from "zod";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Question } from "../../lib/layer/survey";

const encryption = z.object({ EbsEncryptionByDefault: z.boolean() });
const block = z.object({ PublicAccessBlockConfiguration: z.record(z.string(), z.boolean()) });

/** Asks whether new disks are encrypted, whoever makes them. */
export function disksQuestion({ region }: Environment, layerEnabled: boolean): Question {
  return {
    about: "encryption of new disks",
    words: ["ec2", "get-ebs-encryption-by-default"],
    actions: ["ec2:GetEbsEncryptionByDefault"],
    tell: (answer) =>
      encryption.parse(answer).EbsEncryptionByDefault
        ? undefined
        : `New disks in ${region} are not encrypted unless whoever makes them says so; ${toChange("ebsEncryption", layerEnabled)}`,
  };
}

/** Asks whether public buckets are refused. */
export function publicBucketsQuestion({ account }: Environment, layerEnabled: boolean): Question {
  const change = toChange("s3PublicAccessBlock", layerEnabled);
  return {
    about: "the account's block of public buckets",
    words: ["s3control", "get-public-access-block", "--account-id", account],
    actions: ["s3:GetAccountPublicAccessBlock"],
    tell: (answer) => {
      const ways = Object.entries(block.parse(answer).PublicAccessBlockConfiguration);
      const open = ways.filter(([, blocked]) => !blocked).map(([way]) => way);
      if (open.length === 0) return undefined;
      return `The account blocks public buckets only in part (${open.join(", ")} is off); ${change}`;
    },
    tellRefusal: (said) =>
      said.includes("NoSuchPublicAccessBlockConfiguration")
        ? `Nothing keeps the account's buckets from being made public; ${change}`
        : undefined,
  };
}

function toChange(setting: string, layerEnabled: boolean): string {
  const value = layerEnabled ? `layers.account.${setting}: true` : "layers.account: { enabled: true }";
  return `to change that, set ${value} in the environment file`;
}
