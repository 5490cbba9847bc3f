import { each } from "../../checks";
import type { Rule } from "../../rule";
import { sessionInputs } from "../../session-document";

export const sessionLogged: Rule = {
  id: "session-logged",
  title: "Sessions on instances are recorded, encrypted",
  publicIds: ["CKV_AWS_113"],
  reason: "What operators did on a machine must be known afterwards, and by few",
  fix: "Set inputs.cloudWatchLogGroupName and cloudWatchEncryptionEnabled (or their S3 counterparts) in the content of the session document",
  check: each(["aws_ssm_document"], (document) => {
    const inputs = sessionInputs(document);
    if (inputs === undefined) return undefined;
    const toLog = inputs["cloudWatchLogGroupName"] && inputs["cloudWatchEncryptionEnabled"] === true;
    const toBucket = inputs["s3BucketName"] && inputs["s3EncryptionEnabled"] === true;
    return toLog || toBucket ? undefined : "sessions are not recorded, or not encrypted where they are";
  }),
};
