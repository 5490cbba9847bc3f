import { each } from "../../checks";
import type { Rule } from "../../rule";

export const securityGroupDescriptions: Rule = {
  id: "security-group-descriptions",
  title: "Every security group and each of its rules says what it is for",
  publicIds: ["CKV_AWS_23", "AWS-0099", "AWS-0124"],
  reason: "Nobody dares to remove a rule that nobody explains",
  fix: "Set description",
  check: each(
    ["aws_security_group", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"],
    (resource) =>
      resource.has("description") && !resource.is("description", "Managed by Terraform")
        ? undefined
        : "it has no description",
  ),
};
