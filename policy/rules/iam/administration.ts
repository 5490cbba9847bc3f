import { eachAllowance } from "../../permissions";
import type { Rule } from "../../rule";

export const administration: Rule = {
  id: "administration",
  title: "No policy allows everything",
  publicIds: ["CKV_AWS_62", "CKV_AWS_63", "AWS-0057", "IAM.1"],
  reason: "Whoever takes over such a program has the account",
  fix: "List actions",
  check: eachAllowance(["identity", "resource"], (statement) =>
    statement.actions.some((action) => action === "*" || action === "*:*")
      ? "it allows every action"
      : undefined,
  ),
};
