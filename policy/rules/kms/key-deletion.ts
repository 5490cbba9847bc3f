import { each } from "../../checks";
import type { Rule } from "../../rule";

export const keyDeletion: Rule = {
  id: "key-deletion",
  title: "A key's deletion can be called off for 30 days",
  publicIds: ["KMS.3"],
  reason: "With the key goes everything that it encrypts, backups included",
  fix: "Set deletion_window_in_days to 30",
  check: each(["aws_kms_key"], (key) => {
    const days = key.texts("deletion_window_in_days")[0] ?? "30";
    return days === "30" ? undefined : `its deletion can be called off for ${days} days only`;
  }),
};
