import { isForAnyAddress } from "../../any-address";
import { each, mustHaveCompanion } from "../../checks";
import { rules } from "../../rule";
import type { SynthesisedJson } from "../../../synthesis/environment";
import type { Resource } from "../../../synthesis/resource";

const ruleTypes = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];

/** Rules about security groups. */
export const securityGroupRules = rules({
  "default-security-group-empty": {
    title: "The default security group of every VPC allows no traffic",
    publicIds: ["CKV2_AWS_12", "AWS-0173", "EC2.2"],
    reason: "Resources that are created without a security group get the default one",
    fix: "Add an aws_default_security_group without ingress and egress, and no rule that refers to it",
    check: mustHaveCompanion("aws_vpc", {
      by: "aws_default_security_group",
      through: "vpc_id",
      where: (group, synthesised) =>
        !group.has("ingress") && !group.has("egress") && rulesOf(group, synthesised).length === 0,
      without: "its default security group allows traffic",
    }),
  },
  "security-group-descriptions": {
    title: "Every security group and each of its rules has a description",
    publicIds: ["CKV_AWS_23", "AWS-0099", "AWS-0124"],
    reason: "The purpose of a rule without a description is unknown, so it is never removed",
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
      "Inline rules and separate rules overwrite each other at every apply, and the policy reads separate rules only",
    fix: "Use aws_vpc_security_group_ingress_rule and aws_vpc_security_group_egress_rule",
    check: each(["aws_security_group", "aws_security_group_rule"], (resource) => {
      if (resource.type === "aws_security_group_rule")
        return "one resource of this type may contain several rules";
      return resource.has("ingress") || resource.has("egress") ? "it has inline rules" : undefined;
    }),
  },
  "open-ingress": {
    title: "No security group accepts connections from any address",
    publicIds: ["AWS-0107"],
    reason: "Every host on the internet can attack what accepts its connections",
    fix: "Restrict access.publicCidrs or the rule's cidr_ipv4, or record an exception for a listener that must be public",
    check: each(["aws_vpc_security_group_ingress_rule"], (rule, synthesised) =>
      isForAnyAddress(rule, synthesised) ? "it accepts connections from any address" : undefined,
    ),
  },
  "open-ingress-ports": {
    title: "Connections from any address are accepted on port 443 only",
    publicIds: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "CKV_AWS_277", "EC2.18", "EC2.19"],
    reason: "Scanners look for administration, databases and plain HTTP first",
    fix: "Limit from_port and to_port to 443, or the source to known networks",
    check: each(["aws_vpc_security_group_ingress_rule"], (rule, synthesised) =>
      isForAnyAddress(rule, synthesised) && !(rule.is("from_port", 443) && rule.is("to_port", 443))
        ? `it accepts connections from any address to ports ${rule.texts("from_port")[0] ?? "0"} to ${rule.texts("to_port")[0] ?? "65535"}`
        : undefined,
    ),
  },
  "open-egress": {
    title: "No security group allows connections to any address",
    publicIds: ["AWS-0104"],
    reason: "A compromised program can send data to every destination that its security group allows",
    fix: "Name a security group, a prefix list or a range as the destination",
    check: each(["aws_vpc_security_group_egress_rule"], (rule, synthesised) =>
      isForAnyAddress(rule, synthesised) ? "it allows connections to any address" : undefined,
    ),
  },
  "open-egress-ports": {
    title: "Connections to any address are allowed on port 443 only",
    publicIds: ["CKV_AWS_382"],
    reason: "With every port open, any protocol can send data out",
    fix: "Limit from_port and to_port to 443",
    check: each(["aws_vpc_security_group_egress_rule"], (rule, synthesised) =>
      isForAnyAddress(rule, synthesised) && !(rule.is("from_port", 443) && rule.is("to_port", 443))
        ? "it allows connections to any address on ports other than 443"
        : undefined,
    ),
  },
  "security-group-attached": {
    title: "Every security group is attached",
    publicIds: ["CKV2_AWS_5"],
    reason: "Unused security groups hide the used ones, and may be attached by mistake",
    fix: "Attach it, or remove it",
    check: each(["aws_security_group"], (group, synthesised) =>
      synthesised.users(group).some(({ type }) => !/^aws_(vpc_)?security_group/.test(type))
        ? undefined
        : "it is attached to nothing",
    ),
  },
  "security-group-rules-distinct": {
    title: "No security group has the same rule twice",
    publicIds: [],
    reason:
      "EC2 rejects the second one (InvalidPermission.Duplicate), and an apply that has got as far as that stops: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    fix: "Remove one of the two, or give it another source, protocol or port",
    check: (synthesised) => {
      const first = new Map<string, Resource>();
      return synthesised.of(...ruleTypes).flatMap((rule) => {
        const same = first.get(permission(rule, synthesised));
        if (same !== undefined)
          return [{ ...place(rule), message: `it is the same rule as ${same.address}` }];
        first.set(permission(rule, synthesised), rule);
        return [];
      });
    },
  },
});

/** The rules of a security group that are resources of their own. */
function rulesOf(group: Resource, synthesised: SynthesisedJson): readonly Resource[] {
  return [
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
  ].flatMap((type) => synthesised.referring(group, type, "security_group_id"));
}

function place({ layer, address }: Resource): Pick<Resource, "layer" | "address"> {
  return { layer, address };
}

/** The group, and the parts of a rule that EC2 compares; its description is none of them. */
function permission(rule: Resource, synthesised: SynthesisedJson): string {
  const of = (path: string) => {
    const [target] = synthesised.targets(rule, path);
    return target === undefined ? rule.texts(path) : [target.layer, target.address];
  };
  const group = [...of("security_group_id"), ...of("referenced_security_group_id"), ...of("prefix_list_id")];
  const rest = ["cidr_ipv4", "cidr_ipv6", "ip_protocol", "from_port", "to_port"].map((path) =>
    rule.texts(path),
  );
  return JSON.stringify([rule.type, group, rest]);
}
