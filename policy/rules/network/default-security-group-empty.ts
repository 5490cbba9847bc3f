import { mustHaveCompanion } from "../../checks";
import type { Rule } from "../../rule";

export const defaultSecurityGroupEmpty: Rule = {
  id: "default-security-group-empty",
  title: "The default security group of every VPC lets nothing through",
  publicIds: ["CKV2_AWS_12", "AWS-0173", "EC2.2"],
  reason: "Whatever is made without a security group gets the default one",
  fix: "Add an aws_default_security_group without ingress and egress",
  check: mustHaveCompanion("aws_vpc", {
    by: "aws_default_security_group",
    through: "vpc_id",
    where: (group) => !group.has("ingress") && !group.has("egress"),
    without: "its default security group is not emptied",
  }),
};
