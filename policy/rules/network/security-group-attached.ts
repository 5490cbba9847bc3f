import { each } from "../../checks";
import type { Rule } from "../../rule";

export const securityGroupAttached: Rule = {
  id: "security-group-attached",
  title: "Every security group guards something",
  publicIds: ["CKV2_AWS_5"],
  reason: "Unused groups hide the ones that matter, and are attached in a hurry",
  fix: "Attach it, or remove it",
  check: each(["aws_security_group"], (group, document) =>
    document.users(group).some(({ type }) => !/^aws_(vpc_)?security_group/.test(type))
      ? undefined
      : "nothing is guarded by it",
  ),
};
