import { EbsEncryptionByDefault } from "@cdktf/provider-aws/lib/ebs-encryption-by-default";
import { S3AccountPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-account-public-access-block";
import { defineLayer } from "../../lib/layer/layer";
import { byKey } from "../../lib/layer/outputs";
import { Settings } from "./settings";
import { accountQuestions } from "./survey";

/**
 * Settings of the account itself, which every environment in it shares. GuardDuty and Security Hub are not among them:
 * they cost by use, and usually belong to the administrator of the organisation; the survey says when they are off.
 */
export const account = defineLayer({
  name: "account",
  summary: "Optional: account-wide encryption of disks and block of public buckets",
  settings: Settings,
  needs: {},
  outputs: {
    managed: byKey("Each setting of the account that this environment manages, by name; nothing when off"),
  },
  survey: ({ environment, settings }) => accountQuestions(environment, settings),
  build(stack, { settings }) {
    if (!settings.enabled) return { managed: {} };
    const managed: Record<string, string> = {};
    if (settings.ebsEncryption) {
      managed["ebsEncryption"] = new EbsEncryptionByDefault(stack, "ebs-encryption", { enabled: true }).id;
    }
    if (settings.s3PublicAccessBlock) {
      managed["s3PublicAccessBlock"] = new S3AccountPublicAccessBlock(stack, "s3-public-access-block", {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      }).id;
    }
    return { managed };
  },
});
