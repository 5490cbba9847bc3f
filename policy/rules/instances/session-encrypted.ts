import { each } from "../../checks";
import type { Rule } from "../../rule";
import { sessionInputs } from "../../session-document";

export const sessionEncrypted: Rule = {
  id: "session-encrypted",
  title: "Sessions on instances are encrypted with our own key",
  publicIds: ["CKV_AWS_112"],
  reason: "A session shows what an operator types, passwords included",
  fix: "Set inputs.kmsKeyId in the content of the session document",
  check: each(["aws_ssm_document"], (document) => {
    const inputs = sessionInputs(document);
    return inputs === undefined || inputs["kmsKeyId"]
      ? undefined
      : "sessions are not encrypted with a key of ours";
  }),
};
