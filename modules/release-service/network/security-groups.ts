import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { listedRanges, type NatSource } from "../../../lib/constructs/nat-sources";
import { inGroups, type RuleSource } from "../../../lib/constructs/source-groups";
import type { LayerStack } from "../../../lib/layer/stack";

/** IDs of the service's security groups. */
export interface SecurityGroups {
  /** Several if the access list is longer than one may be. */
  readonly loadBalancer: readonly string[];
  readonly proxy: string;
  readonly endpoints: string;
}

const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/** Adds the security groups, which allow clients to reach the load balancer, and the proxy to reach AWS endpoints. */
export function addSecurityGroups(
  stack: LayerStack,
  vpcId: string,
  natSources: readonly NatSource[],
): SecurityGroups {
  const add = (id: string, description: string) => addGroup(stack, { id, description, vpcId });
  const groups = {
    loadBalancer: inGroups(clients(stack, natSources), 1).map((allowed, index) =>
      addEntranceGroup(stack, allowed, { vpcId, number: index + 1 }),
    ),
    proxy: add("proxy", "Proxy of the release service"),
    endpoints: add("endpoints", "Endpoints of AWS services that the proxy calls"),
  };
  new VpcSecurityGroupEgressRule(stack, "proxy-to-endpoints", {
    securityGroupId: groups.proxy,
    description: "AWS services",
    referencedSecurityGroupId: groups.endpoints,
    ...https,
  });
  new VpcSecurityGroupIngressRule(stack, "endpoints-from-proxy", {
    securityGroupId: groups.endpoints,
    description: "The proxy",
    referencedSecurityGroupId: groups.proxy,
    ...https,
  });
  return groups;
}

interface Client {
  readonly id: string;
  readonly description: string;
  readonly source: RuleSource;
}

interface Group {
  readonly id: string;
  readonly description: string;
  readonly vpcId: string;
}

function addGroup(stack: LayerStack, { id, description, vpcId }: Group): string {
  const name = stack.named("securityGroup", `release-service-${id}`);
  const tags = { Name: name };
  return new SecurityGroup(stack, `${id}-security-group`, { name, description, vpcId, tags }).id;
}

/** Without outbound rules: a load balancer invokes a function through Lambda's API, not over the VPC. */
function addEntranceGroup(
  stack: LayerStack,
  allowed: readonly Client[],
  { vpcId, number }: { readonly vpcId: string; readonly number: number },
): string {
  const securityGroupId = addGroup(stack, {
    id: `load-balancer${number === 1 ? "" : `-${number}`}`,
    description: `Load balancer of the release service${number === 1 ? "" : ": further ranges"}`,
    vpcId,
  });
  for (const { id, description, source } of allowed) {
    const rule = { securityGroupId, description, ...source, ...https };
    new VpcSecurityGroupIngressRule(stack, `load-balancer-from-${id}`, rule);
  }
  return securityGroupId;
}

/** The ranges of the environment file, and the orchestrator's own nodes and pods, which reach the service through NAT. */
function clients({ environment }: LayerStack, natSources: readonly NatSource[]): readonly Client[] {
  const own = natSources.map(({ zone, cidrIpv4 }) => ({
    id: `nat-${zone}`,
    description: `Nodes and pods of the orchestrator, through NAT in ${zone}`,
    source: { cidrIpv4 },
  }));
  const listed = listedRanges(environment.access.publicCidrs, natSources);
  return [...own, ...listed.map(({ id, source }) => ({ id, description: "Clients", source }))];
}
