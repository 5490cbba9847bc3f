import type { SynthesisedJson } from "../../synthesis/environment";

/** IPv4 ranges of the VPC that has the most; the primary one counts, too. */
export function mostRangesOfAVpc(synthesised: SynthesisedJson): number {
  const vpcs = synthesised.of("aws_vpc");
  const added = vpcs.map(
    (vpc) => synthesised.referring(vpc, "aws_vpc_ipv4_cidr_block_association", "vpc_id").length,
  );
  return Math.max(0, ...added.map((count) => count + 1));
}

/** The rule that denies what no other rule allows, which AWS adds and counts: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const defaultRules = 1;

/** Rules of the network ACL that has the most; AWS counts inbound and outbound rules apart. */
export function mostRulesOfANetworkAcl(synthesised: SynthesisedJson): number {
  const acls = synthesised.of("aws_default_network_acl", "aws_network_acl");
  const rules = acls.flatMap((acl) => [acl.values("ingress").length, acl.values("egress").length]);
  return Math.max(0, ...rules.map((count) => count + defaultRules));
}
