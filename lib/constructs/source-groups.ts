/** Rules of a security group in each direction by default, apart for IPv4 and IPv6: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
const rulesPerGroup = 60;
/** Security groups of a network interface, and so of a load balancer, by default (ibid.). */
const groupsPerInterface = 5;
/** Rules for the orchestrator's own pods: the NAT address of each zone. */
const ownSources = 3;

/** The source of a security group rule. */
export type RuleSource =
  | { readonly cidrIpv4: string; readonly count?: number }
  | { readonly cidrIpv6: string }
  | { readonly referencedSecurityGroupId: string };

/** How many ranges of each family an access list can have, if every range is allowed to some ports. */
export function mostRanges(ports: number): number {
  return groupsPerInterface * Math.floor(rulesPerGroup / ports) - ownSources;
}

/**
 * The sources by the security group that holds their rules, in the order of the list: what does not fit in the first group
 * is in further ones. A managed prefix list counts as its maximum of entries in every rule that names it, so it would need
 * the same quota: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-managed-prefix-lists.html
 */
export function inGroups<Item extends { readonly source: RuleSource }>(
  items: readonly Item[],
  ports: number,
): readonly (readonly Item[])[] {
  const most = Math.floor(rulesPerGroup / ports);
  const counted = { IPv4: 0, IPv6: 0 };
  const groups: Item[][] = [[]];
  for (const item of items) {
    const families = familiesOf(item.source);
    const index = Math.max(...families.map((family) => Math.floor(counted[family] / most)));
    for (const family of families) counted[family] += 1;
    (groups[index] ??= []).push(item);
  }
  return groups;
}

/** A security group as the source counts for both. */
function familiesOf(source: RuleSource): readonly ("IPv4" | "IPv6")[] {
  if ("cidrIpv6" in source) return ["IPv6"];
  return "cidrIpv4" in source ? ["IPv4"] : ["IPv4", "IPv6"];
}
