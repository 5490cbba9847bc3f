import { type Resource, textsAt } from "../synthesis/resource";

/** Whether a network ACL lets connections from anywhere through to a port; the first rule that matches decides. */
export function isReachable(acl: Resource, port: number): boolean {
  const number = (rule: unknown) => Number(textsAt(rule, "rule_no")[0]);
  const first = acl
    .values("ingress")
    .toSorted((one, other) => number(one) - number(other))
    .find((rule) => isFromAnywhere(rule) && hasPort(rule, port));
  return textsAt(first, "action")[0] === "allow";
}

function isFromAnywhere(rule: unknown): boolean {
  return (
    textsAt(rule, "cidr_block").includes("0.0.0.0/0") || textsAt(rule, "ipv6_cidr_block").includes("::/0")
  );
}

function hasPort(rule: unknown, port: number): boolean {
  if (textsAt(rule, "protocol")[0] === "-1") return true;
  return Number(textsAt(rule, "from_port")[0]) <= port && port <= Number(textsAt(rule, "to_port")[0]);
}
