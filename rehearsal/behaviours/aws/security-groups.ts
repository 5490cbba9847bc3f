import type { Attributes, Behaviour, Context } from "../../engine/behaviour";
import { textOf } from "../../engine/read-value";
import { arn } from "./arn";
import { attributeOf, twin } from "./lookup";
import { nameFrom, put, type Behaviours } from "./naming";
import { ec2 } from "./network";

/** What a rule is, but for the direction, which is its type. */
const ruleArguments = [
  "security_group_id",
  "ip_protocol",
  "from_port",
  "to_port",
  "cidr_ipv4",
  "cidr_ipv6",
  "prefix_list_id",
  "referenced_security_group_id",
];

const rule: Behaviour = {
  id: "sgr-",
  check: (planned, context) =>
    twin(planned, context, ruleArguments)
      ? `InvalidPermission.Duplicate: the specified rule already exists in ${textOf(planned.security_group_id) ?? ""}`
      : undefined,
  computed: (_planned, context) => ({
    security_group_rule_id: context.id,
    arn: arn(context, "ec2", `security-group-rule/${context.id}`),
  }),
};

/** Adopts what the VPC came with, once or again: its id is that of the thing adopted. */
const adopted = (idOf: (planned: Attributes, context: Context) => string, kind: string): Behaviour => ({
  ...put,
  id: idOf,
  goesWith: ({ vpc_id }) => `aws_vpc ${textOf(vpc_id) ?? ""}`,
  computed: (planned, context) => ({
    arn: arn(context, "ec2", `${kind}/${context.id}`),
    owner_id: context.account,
    name: "default",
    description: "default VPC security group",
    vpc_id: attributeOf(context, "aws_network_acl", [planned.default_network_acl_id, "vpc_id"]),
  }),
});

/** Security groups, network ACLs and their rules. */
export const securityGroups: Behaviours = {
  aws_security_group: ec2("sg-", "security-group", {
    check: (planned, context) =>
      typeof planned.name === "string" && twin(planned, context, ["name", "vpc_id"])
        ? `InvalidGroup.Duplicate: The security group '${planned.name}' already exists for VPC '${textOf(planned.vpc_id) ?? ""}'`
        : undefined,
    computed: (planned, context) => ({ name: nameFrom("name")(planned, context) }),
  }),
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
  aws_security_group_rule: { id: "sgrule-" },
  aws_default_security_group: adopted(
    (planned, context) =>
      attributeOf(context, "aws_vpc", [planned.vpc_id, "default_security_group_id"]) ?? "",
    "security-group",
  ),
  aws_default_network_acl: adopted((planned) => textOf(planned.default_network_acl_id) ?? "", "network-acl"),
  aws_network_acl: ec2("acl-", "network-acl"),
  aws_network_acl_rule: { id: "nacl-" },
};
