import type { Resource } from "../synthesis/resource";

/** Whether a security group rule is about every address there is. */
export function isToOrFromEverywhere(rule: Resource): boolean {
  return rule.is("cidr_ipv4", "0.0.0.0/0") || rule.is("cidr_ipv6", "::/0");
}
