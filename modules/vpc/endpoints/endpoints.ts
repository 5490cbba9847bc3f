import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { policyDocument } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";
import { serviceName } from "../../../lib/aws-facts/endpoint-services";
import type { EndpointService } from "./services";
import type { Network } from "../network/network";

interface Endpoints {
  readonly network: Network;
  readonly services: readonly EndpointService[];
  readonly subnetIds: readonly string[];
}

/** Adds an interface endpoint per service, reachable from the VPC only; returns their security group. */
export function addInterfaceEndpoints(
  stack: LayerStack,
  { network, services, subnetIds }: Endpoints,
): SecurityGroup {
  const group = new SecurityGroup(stack, "endpoints", {
    name: stack.named("securityGroup", "endpoints"),
    description: "Interface endpoints of AWS services",
    vpcId: network.vpcId,
    tags: { Name: stack.named("securityGroup", "endpoints") },
  });
  for (const cidr of network.cidrs) {
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
      vpcId: network.vpcId,
      vpcEndpointType: "Interface",
      serviceName: serviceName(service, stack.environment),
      privateDnsEnabled: true,
      subnetIds: [...subnetIds],
      securityGroupIds: [group.id],
      tags: { Name: `${stack.environment.name}-${service}` },
    });
  }
  return group;
}

/** Adds the gateway endpoint for S3, which is free and also serves ECR image layers; returns S3's prefix list. */
export function addS3Endpoint(
  stack: LayerStack,
  { vpcId, routeTableIds }: { readonly vpcId: string; readonly routeTableIds: readonly string[] },
): string {
  const { account, region, name } = stack.environment;
  const allow = { Effect: "Allow", Principal: "*", Resource: "*" } as const;
  const endpoint = new VpcEndpoint(stack, "endpoint-s3", {
    vpcId,
    vpcEndpointType: "Gateway",
    serviceName: `com.amazonaws.${region}.s3`,
    routeTableIds: [...routeTableIds],
    policy: policyDocument([
      {
        Sid: "OwnBuckets",
        ...allow,
        Action: "s3:*",
        Condition: { StringEquals: { "aws:ResourceAccount": account } },
      },
      // Image layers and packages are in buckets of other accounts: reads are allowed anywhere, writes only to own buckets.
      { Sid: "ReadAnywhere", ...allow, Action: ["s3:GetObject", "s3:GetObjectVersion"] },
    ]),
    tags: { Name: `${name}-s3` },
  });
  return endpoint.prefixListId;
}
