import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { LayerStack } from "../../../lib/layer/stack";
import { serviceName } from "../../../lib/aws-facts/endpoint-services";
import type { EndpointService } from "./services";

interface Endpoints {
  readonly vpcId: string;
  /** All IPv4 ranges of the VPC. */
  readonly cidrs: readonly string[];
  readonly services: readonly EndpointService[];
  readonly subnetIds: readonly string[];
}

/** Adds an interface endpoint per service, reachable from the VPC only. */
export function addInterfaceEndpoints(
  stack: LayerStack,
  { vpcId, cidrs, services, subnetIds }: Endpoints,
): void {
  const group = new SecurityGroup(stack, "endpoints", {
    name: stack.named("securityGroup", "endpoints"),
    description: "Interface endpoints of AWS services",
    vpcId,
    tags: { Name: stack.named("securityGroup", "endpoints") },
  });
  for (const cidr of cidrs) {
    new VpcSecurityGroupIngressRule(stack, `endpoints-from-${cidr.replace(/[./]/g, "-")}`, {
      securityGroupId: group.id,
      description: "HTTPS from the VPC",
      cidrIpv4: cidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
  }
  for (const service of services) {
    new VpcEndpoint(stack, `endpoint-${service.replaceAll(".", "-")}`, {
      vpcId,
      vpcEndpointType: "Interface",
      serviceName: serviceName(service, stack.environment),
      privateDnsEnabled: true,
      subnetIds: [...subnetIds],
      securityGroupIds: [group.id],
      tags: { Name: `${stack.environment.name}-${service}` },
    });
  }
}
