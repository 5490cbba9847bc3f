import { EbsEncryptionByDefault } from "@cdktf/provider-aws/lib/ebs-encryption-by-default";
import { S3AccountPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-account-public-access-block";
import { defineLayer } from "../../lib/layer/layer";
import { byKey } from "../../lib/layer/outputs";
import { Settings } from "./settings";
import { accountQuestions } from "./survey";

/**
 * Settings of the whole account, shared by all its environments. GuardDuty and Security Hub are not included: they are
 * billed by use, and usually managed by the administrator of the organisation; the survey reports if they are disabled.
 */
export const account = defineLayer({
  name: "account",
  summary: "Optional: account-wide EBS encryption and S3 Block Public Access",
  settings: Settings,
  needs: {},
  outputs: {
    managed: byKey("ID of each account setting that this environment manages, by name; empty if disabled"),
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
