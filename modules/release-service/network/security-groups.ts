import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { listedRanges, type NatSource } from "../../../lib/constructs/nat-sources";
import type { LayerStack } from "../../../lib/layer/stack";

/** IDs of the service's security groups. */
export interface SecurityGroups {
  readonly loadBalancer: string;
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
  const add = (id: string, description: string) => {
    const name = stack.named("securityGroup", `release-service-${id}`);
    return new SecurityGroup(stack, `${id}-security-group`, {
      name,
      description,
      vpcId,
      tags: { Name: name },
    }).id;
  };
  const groups = {
    // No outbound rules: a load balancer invokes a function through Lambda's API, not over the VPC.
    loadBalancer: add("load-balancer", "Load balancer of the release service"),
    proxy: add("proxy", "Proxy of the release service"),
    endpoints: add("endpoints", "Endpoints of AWS services that the proxy calls"),
  };
  for (const { id, ...client } of clients(stack, natSources)) {
    new VpcSecurityGroupIngressRule(stack, `load-balancer-from-${id}`, {
      securityGroupId: groups.loadBalancer,
      ...client,
      ...https,
    });
  }
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

/** The ranges of the environment file, and the orchestrator's own nodes and pods, which reach the service through NAT. */
function clients({ environment }: LayerStack, natSources: readonly NatSource[]) {
  const ranges = listedRanges(environment.access.publicCidrs, natSources).map(({ cidr, rule }) => ({
    id: cidr.replace(/[./]/g, "-"),
    description: "Clients",
    ...rule,
  }));
  const own = natSources.map(({ zone, cidrIpv4 }) => ({
    id: `nat-${zone}`,
    description: `Nodes and pods of the orchestrator, through NAT in ${zone}`,
    cidrIpv4,
  }));
  return [...ranges, ...own];
}
