import { each, mustHaveCompanion } from "../../checks";
import { rules } from "../../rule";
import type { Resource } from "../../../synthesis/resource";

/** Rules about security groups. */
export const securityGroupRules = rules({
  "default-security-group-empty": {
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
  },
  "security-group-descriptions": {
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
  },
  "security-group-rules-apart": {
    title: "Every security group rule is a resource of its own",
    publicIds: [],
    reason:
      "Rules within a group and rules beside it undo each other at every apply, and other rules here read only the latter",
    fix: "Use aws_vpc_security_group_ingress_rule and aws_vpc_security_group_egress_rule",
    check: each(["aws_security_group", "aws_security_group_rule"], (resource) => {
      if (resource.type === "aws_security_group_rule")
        return "it is of the old kind, which may hold several rules";
      return resource.has("ingress") || resource.has("egress") ? "it holds rules itself" : undefined;
    }),
  },
  "open-ingress": {
    title: "Nothing accepts connections from everywhere",
    publicIds: ["AWS-0107"],
    reason: "What the whole internet reaches, the whole internet attacks",
    fix: "Narrow access.publicCidrs or the rule's cidr_ipv4, or record an exception for a listener that must be public",
    check: each(["aws_vpc_security_group_ingress_rule"], (rule) =>
      isToOrFromEverywhere(rule) ? "it accepts connections from everywhere" : undefined,
    ),
  },
  "open-ingress-ports": {
    title: "Only HTTPS accepts connections from everywhere",
    publicIds: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "EC2.18", "EC2.19"],
    reason: "Administration, databases and plain HTTP are what scanners look for first",
    fix: "Limit from_port and to_port to 443, or the source to known networks",
    check: each(["aws_vpc_security_group_ingress_rule"], (rule) =>
      isToOrFromEverywhere(rule) && !(rule.is("from_port", 443) && rule.is("to_port", 443))
        ? `it accepts connections from everywhere to port ${rule.texts("from_port")[0] ?? "0"} to ${rule.texts("to_port")[0] ?? "65535"}`
        : undefined,
    ),
  },
  "open-egress": {
    title: "Nothing may open connections to everywhere",
    publicIds: ["AWS-0104"],
    reason: "Whoever takes over a program sends data wherever its security group lets it",
    fix: "Name a security group, a prefix list or a range as the destination",
    check: each(["aws_vpc_security_group_egress_rule"], (rule) =>
      isToOrFromEverywhere(rule) ? "it opens connections to everywhere" : undefined,
    ),
  },
  "open-egress-ports": {
    title: "Where connections to everywhere are needed, they are HTTPS",
    publicIds: ["CKV_AWS_382"],
    reason: "An open way out over any port is a way out for anything",
    fix: "Limit from_port and to_port to 443",
    check: each(["aws_vpc_security_group_egress_rule"], (rule) =>
      isToOrFromEverywhere(rule) && !(rule.is("from_port", 443) && rule.is("to_port", 443))
        ? "it opens connections to everywhere on more than port 443"
        : undefined,
    ),
  },
  "security-group-attached": {
    title: "Every security group guards something",
    publicIds: ["CKV2_AWS_5"],
    reason: "Unused groups hide the ones that matter, and are attached in a hurry",
    fix: "Attach it, or remove it",
    check: each(["aws_security_group"], (group, synthesised) =>
      synthesised.users(group).some(({ type }) => !/^aws_(vpc_)?security_group/.test(type))
        ? undefined
        : "nothing is guarded by it",
    ),
  },
});

/** Whether a security group rule is about every address there is. */
function isToOrFromEverywhere(rule: Resource): boolean {
  return rule.is("cidr_ipv4", "0.0.0.0/0") || rule.is("cidr_ipv6", "::/0");
}
