import { listedRanges, type NatSource } from "../../../lib/constructs/nat-sources";
import type { RuleSource } from "../../../lib/constructs/source-groups";
import type { Environment } from "../../../lib/layer/environment-schema";

/** Network inputs of the load balancers, from outputs of earlier layers. */
export interface Network {
  readonly vpcId: string;
  readonly internal: boolean;
  /** Public subnets, or private subnets for internal load balancers. */
  readonly subnetIds: readonly string[];
  /** Sources of pod traffic outside the VPC. */
  readonly natSources: readonly NatSource[];
  readonly nodeSecurityGroupId: string;
  /** Whether network load balancers get Elastic IP addresses. */
  readonly elasticIpAddresses: boolean;
}

/** A source of a security group rule. */
export interface Client {
  readonly id: string;
  readonly description: string;
  readonly source: RuleSource;
}

/** Allowed sources: the ranges of the environment file, and the orchestrator's own pods. */
export function clients(
  { access }: Environment,
  list: "adminCidrs" | "publicCidrs",
  network: Network,
): readonly Client[] {
  const throughNat = network.internal ? [] : network.natSources;
  const ranges = listedRanges(access[list], throughNat).map(({ range, ...rest }) => ({
    ...rest,
    description: `allow-list ${range}`,
  }));
  return [...ownPods(network), ...ranges];
}

/** Pods use the orchestrator's public names: through NAT, unless the load balancer is internal. */
function ownPods(network: Network): readonly Client[] {
  if (network.internal) {
    const source = { referencedSecurityGroupId: network.nodeSecurityGroupId };
    return [{ id: "nodes", description: "nodes and pods of the cluster", source }];
  }
  return network.natSources.map(({ zone, cidrIpv4 }) => ({
    id: `nat-${zone}`,
    description: `pods of the cluster, through NAT in ${zone}`,
    source: { cidrIpv4 },
  }));
}
