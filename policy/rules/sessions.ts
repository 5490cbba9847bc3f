import type { Resource } from "../../synthesis/resource";
import { each } from "../checks";
import { rules } from "../rule";
import { readJson } from "../statements";

/** Rules about sessions on instances, and the documents of Systems Manager. */
export const sessionRules = rules({
  "session-document-private": {
    title: "No Systems Manager document is public",
    publicIds: ["CKV_AWS_303", "SSM.4"],
    reason: "Documents disclose how instances are operated",
    fix: "Remove permissions, or list accounts in them",
    check: each(["aws_ssm_document"], (document) =>
      document.texts("permissions.account_ids").some((ids) => /\ball\b/i.test(ids))
        ? "every account may read it"
        : undefined,
    ),
  },
  "session-encrypted": {
    title: "Session Manager sessions are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_112"],
    reason: "A session shows what an operator types, passwords included",
    fix: "Set inputs.kmsKeyId in the content of the session document",
    check: each(["aws_ssm_document"], (document) => {
      const inputs = sessionInputs(document);
      return inputs === undefined || inputs["kmsKeyId"]
        ? undefined
        : "sessions are not encrypted with a customer-managed key";
    }),
  },
  "session-logged": {
    title: "Session Manager sessions are logged, and the log is encrypted",
    publicIds: ["CKV_AWS_113"],
    reason: "The log shows what operators did, and may contain secrets",
    fix: "Set inputs.cloudWatchLogGroupName and cloudWatchEncryptionEnabled (or their S3 counterparts) in the content of the session document",
    check: each(["aws_ssm_document"], (document) => {
      const inputs = sessionInputs(document);
      if (inputs === undefined) return undefined;
      const toLog = inputs["cloudWatchLogGroupName"] && inputs["cloudWatchEncryptionEnabled"] === true;
      const toBucket = inputs["s3BucketName"] && inputs["s3EncryptionEnabled"] === true;
      return toLog || toBucket ? undefined : "sessions are not logged, or their log is not encrypted";
    }),
  },
});

/** The preferences for sessions that a Systems Manager document states; undefined when it is about something else. */
function sessionInputs(document: Resource): Readonly<Record<string, unknown>> | undefined {
  if (!document.is("document_type", "Session")) return undefined;
  const [content = "{}"] = document.texts("content");
  const parsed = readJson(content);
  if (typeof parsed !== "object" || parsed === null || !("inputs" in parsed)) return {};
  // Inputs of a session document are an object: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html
  return parsed.inputs as Readonly<Record<string, unknown>>;
}
