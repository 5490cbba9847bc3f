import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";
import { interfaceEndpoints } from "./interface-endpoints";

/** Interface endpoints in the VPC that has the most. */
export function mostEndpointsOfAVpc(synthesised: SynthesisedJson): number {
  return most(interfaceEndpoints(synthesised).map((endpoint) => keyOf(synthesised, endpoint, "vpc_id")));
}

/** NAT gateways in the zone that has the most. */
export function mostNatGatewaysInAZone(synthesised: SynthesisedJson): number {
  return most(
    synthesised
      .of("aws_nat_gateway")
      .flatMap((gateway) => synthesised.targets(gateway, "subnet_id"))
      .map((subnet) => subnet.texts("availability_zone")[0] ?? ""),
  );
}

const ranges = ["cidr_ipv4", "cidr_ipv6"] as const;

/**
 * Rules of the security group that has the most; AWS counts inbound and outbound rules apart, and so IPv4 and IPv6, with a
 * rule about a security group among both: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
export function mostRulesOfAGroup(synthesised: SynthesisedJson): {
  readonly types: readonly string[];
  readonly needed: number;
} {
  const types = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];
  const rules = types.map((type) => synthesised.of(type));
  // The group that EKS creates for a cluster is known by the cluster.
  const groups = rules.flatMap((each) =>
    ranges.map((other) =>
      each.filter((rule) => !rule.has(other)).map((rule) => keyOf(synthesised, rule, "security_group_id")),
    ),
  );
  return { types, needed: Math.max(...groups.map(most)) };
}

/** What a resource refers to, or its ID where that is written out. */
function keyOf(synthesised: SynthesisedJson, resource: Resource, argument: string): string {
  const [target] = synthesised.targets(resource, argument);
  return target === undefined ? resource.texts(argument).join() : `${target.layer} ${target.address}`;
}

function most(keys: readonly string[]): number {
  const counted = new Map<string, number>();
  for (const key of keys) counted.set(key, (counted.get(key) ?? 0) + 1);
  return Math.max(0, ...counted.values());
}
