import { each } from "../../checks";
import type { Rule } from "../../rule";

export const fileSystemEncrypted: Rule = {
  id: "file-system-encrypted",
  title: "File systems are encrypted with a customer-managed key",
  publicIds: ["CKV_AWS_42", "CKV_AWS_184", "AWS-0037", "EFS.1", "EFS.8"],
  reason: "It cannot be switched on later",
  fix: "Set encrypted and kms_key_id",
  check: each(["aws_efs_file_system"], (files) =>
    files.is("encrypted", true) && files.has("kms_key_id")
      ? undefined
      : "it is not encrypted with a key of ours",
  ),
};
