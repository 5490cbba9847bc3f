import { each } from "../../checks";
import { rules } from "../../rule";
import { type Resource, textsAt } from "../../../synthesis/resource";

/** Rules about network ACLs. */
export const networkAclRules = rules({
  "network-acl-ssh": {
    title: "No network ACL allows SSH from the internet",
    publicIds: ["AWS-0105", "EC2.21"],
    reason: "A network ACL still denies access when a security group is opened by mistake",
    fix: "Deny port 22 from any address in a rule with a lower number than any that allows it",
    check: each(["aws_default_network_acl", "aws_network_acl"], (acl) =>
      isReachable(acl, 22) ? "it allows port 22 from the internet" : undefined,
    ),
  },
  "network-acl-rdp": {
    title: "No network ACL allows RDP from the internet",
    publicIds: ["AWS-0105", "EC2.21"],
    reason: "A network ACL still denies access when a security group is opened by mistake",
    fix: "Deny port 3389 from any address in a rule with a lower number than any that allows it",
    check: each(["aws_default_network_acl", "aws_network_acl"], (acl) =>
      isReachable(acl, 3389) ? "it allows port 3389 from the internet" : undefined,
    ),
  },
  "network-acl-ports": {
    title: "No rule of a custom network ACL allows all ports",
    publicIds: ["AWS-0102"],
    reason: "A network ACL that allows every protocol and port restricts nothing",
    fix: "Name the protocol and the ports of the aws_network_acl_rule",
    check: each(["aws_network_acl", "aws_network_acl_rule"], (acl) => {
      const rules =
        acl.type === "aws_network_acl" ? [...acl.values("ingress"), ...acl.values("egress")] : [acl.given];
      const action = acl.type === "aws_network_acl" ? "action" : "rule_action";
      const open = rules.some(
        (rule) =>
          textsAt(rule, action)[0] === "allow" && ["-1", "all"].includes(textsAt(rule, "protocol")[0] ?? ""),
      );
      return open ? "it allows every protocol and port" : undefined;
    }),
  },
  "network-acl-attached": {
    title: "Every custom network ACL is associated with a subnet",
    publicIds: ["CKV2_AWS_1"],
    reason: "A network ACL without subnets has no effect",
    fix: "List subnets in subnet_ids, or add an aws_network_acl_association",
    check: each(["aws_network_acl"], (acl, synthesised) =>
      acl.has("subnet_ids") ||
      synthesised.referring(acl, "aws_network_acl_association", "network_acl_id").length > 0
        ? undefined
        : "it is associated with no subnet",
    ),
  },
});

/** Whether a network ACL allows connections from any address to a port; the first rule that matches decides. */
function isReachable(acl: Resource, port: number): boolean {
  const number = (rule: unknown) => Number(textsAt(rule, "rule_no")[0]);
  const first = acl
    .values("ingress")
    .toSorted((one, other) => number(one) - number(other))
    .find((rule) => isFromAnyAddress(rule) && hasPort(rule, port));
  return textsAt(first, "action")[0] === "allow";
}

function isFromAnyAddress(rule: unknown): boolean {
  return (
    textsAt(rule, "cidr_block").includes("0.0.0.0/0") || textsAt(rule, "ipv6_cidr_block").includes("::/0")
  );
}

function hasPort(rule: unknown, port: number): boolean {
  if (textsAt(rule, "protocol")[0] === "-1") return true;
  return Number(textsAt(rule, "from_port")[0]) <= port && port <= Number(textsAt(rule, "to_port")[0]);
}
