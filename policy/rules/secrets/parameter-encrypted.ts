import { each } from "../../checks";
import type { Rule } from "../../rule";

export const parameterEncrypted: Rule = {
  id: "parameter-encrypted",
  title: "Secret parameters are encrypted with a customer-managed key",
  publicIds: ["CKV_AWS_337"],
  reason: "Reading one then needs the key too",
  fix: "Set key_id",
  check: each(["aws_ssm_parameter"], (parameter) =>
    parameter.is("type", "SecureString") && !parameter.has("key_id")
      ? "it is not encrypted with a key of ours"
      : undefined,
  ),
};
