import { coverInternet } from "../../address-ranges";
import { each } from "../../checks";
import { type Rule, rules } from "../../rule";
import { textsAt } from "../../../synthesis/resource";

const acls = ["aws_default_network_acl", "aws_network_acl"];

/** Rules about network ACLs. */
export const networkAclRules = rules({
  "network-acl-ssh": {
    title: "No network ACL allows SSH from the internet",
    publicIds: ["AWS-0105", "EC2.21"],
    reason: "A network ACL still denies access when a security group is opened by mistake",
    fix: "Deny port 22 from any address in a rule with a lower number than any that allows it",
    check: openPort(22),
  },
  "network-acl-rdp": {
    title: "No network ACL allows RDP from the internet",
    publicIds: ["AWS-0105", "EC2.21"],
    reason: "A network ACL still denies access when a security group is opened by mistake",
    fix: "Deny port 3389 from any address in a rule with a lower number than any that allows it",
    check: openPort(3389),
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

/** Reports network ACLs that allow a port from the internet, and rules of network ACLs that are elsewhere. */
function openPort(port: number): Rule["check"] {
  const message = `it allows port ${port} from the internet`;
  const within = each(acls, (acl, synthesised) => {
    const apart = synthesised
      .referring(acl, "aws_network_acl_rule", "network_acl_id")
      .map(({ given }) => given);
    return isReachable([...acl.values("ingress"), ...apart], port) ? message : undefined;
  });
  const elsewhere = each(["aws_network_acl_rule"], (rule, synthesised) => {
    if (synthesised.targets(rule, "network_acl_id").some(({ type }) => acls.includes(type))) return undefined;
    const same = synthesised
      .of(rule.type)
      .filter((other) => other.texts("network_acl_id").join() === rule.texts("network_acl_id").join());
    return isAbout(rule.given, port) &&
      isAllowing(rule.given) &&
      isReachable(
        same.map(({ given }) => given),
        port,
      )
      ? message
      : undefined;
  });
  return (synthesised) => [...within(synthesised), ...elsewhere(synthesised)];
}

/** Whether rules let the internet connect to a port; the first one that matches decides. */
function isReachable(rules: readonly unknown[], port: number): boolean {
  const number = (rule: unknown) => Number(textOf(rule, "rule_no", "rule_number"));
  const first = rules
    .toSorted((one, other) => number(one) - number(other))
    .find(
      (rule) =>
        isAbout(rule, port) && (isAllowing(rule) || rangesOf(rule).some((range) => /\/0$/.test(range))),
    );
  return first !== undefined && isAllowing(first);
}

/** Whether a rule is about connections from the internet to a port. */
function isAbout(rule: unknown, port: number): boolean {
  return textOf(rule, "egress") !== "true" && coverInternet(rangesOf(rule)) && hasPort(rule, port);
}

function isAllowing(rule: unknown): boolean {
  return textOf(rule, "action", "rule_action") === "allow";
}

function rangesOf(rule: unknown): readonly string[] {
  return [...textsAt(rule, "cidr_block"), ...textsAt(rule, "ipv6_cidr_block")];
}

function hasPort(rule: unknown, port: number): boolean {
  if (["-1", "all"].includes(textOf(rule, "protocol") ?? "")) return true;
  return Number(textOf(rule, "from_port")) <= port && port <= Number(textOf(rule, "to_port"));
}

/** The text at the first of the paths that has one: a rule within a network ACL names its arguments differently. */
function textOf(rule: unknown, ...paths: readonly string[]): string | undefined {
  return paths.flatMap((path) => textsAt(rule, path))[0];
}
