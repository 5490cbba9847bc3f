import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { LayerStack } from "../../../lib/layer/stack";

/** IDs of the service's security groups. */
export interface SecurityGroups {
  readonly loadBalancer: string;
  readonly proxy: string;
  readonly endpoints: string;
}

/** Source address of the orchestrator's traffic to the internet, by zone. */
type NatPublicIps = { at(zone: string): string };

const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/** Adds the security groups, which allow clients to reach the load balancer, and the proxy to reach AWS endpoints. */
export function addSecurityGroups(
  stack: LayerStack,
  { vpcId, natPublicIps }: { readonly vpcId: string; readonly natPublicIps: NatPublicIps },
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
  for (const { id, description, cidrIpv4 } of clients(stack, natPublicIps)) {
    new VpcSecurityGroupIngressRule(stack, `load-balancer-from-${id}`, {
      securityGroupId: groups.loadBalancer,
      description,
      cidrIpv4,
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
function clients({ environment }: LayerStack, natPublicIps: NatPublicIps) {
  const ranges = environment.access.publicCidrs.map((cidr) => ({
    id: cidr.replace(/[./]/g, "-"),
    description: "Clients",
    cidrIpv4: cidr,
  }));
  const own = environment.zones.map((zone) => ({
    id: `nat-${zone}`,
    description: `Nodes and pods of the orchestrator, through NAT in ${zone}`,
    cidrIpv4: `${natPublicIps.at(zone)}/32`,
  }));
  return [...ranges, ...own];
}
