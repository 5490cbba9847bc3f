import type { z } from "zod";
import { problemsOf } from "../../lib/layer/waiting-rules";
import { guardDutyObstacles } from "../../lib/aws-facts/guardduty";
import { nodeInterfaceObstacles } from "../../lib/aws-facts/node-interfaces";
import { defineLayer } from "../../lib/layer/layer";
import { byKey, text } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";
import { addBastionSecurityGroup } from "./bastion-security-group";
import { cidrProblems } from "./checks/cidr";
import { existingNetworkChecks } from "./existing-network-check";
import { existingNetwork } from "./network/existing-network";
import type { Network } from "./network/network";
import { networkProblems } from "./checks/network";
import { addOwnNetwork } from "./network/own-network";
import { addNodeSecurityGroup } from "./node-security-group";
import { requiredNetwork } from "./preconditions";
import { addS3Endpoint } from "./s3-endpoint";
import { Settings } from "./settings";
import { zonesCheck } from "./zones-check";

export { privateRanges } from "./network/private-ranges";

/** The network: subnets, gateways, and the security groups that several layers name. */
export const vpc = defineLayer({
  name: "vpc",
  summary: "VPC over three zones, NAT gateways, security groups of nodes and bastion",
  settings: Settings,
  needs: {},
  outputs: {
    vpcId: text("ID of the VPC", /^vpc-/),
    privateSubnetIds: byKey("Subnet of nodes, pods and databases, by zone"),
    publicSubnetIds: byKey("Subnet of internet-facing load balancers and NAT gateways, by zone"),
    privateRouteTableIds: byKey("Route table of the private subnet, by zone"),
    natGatewayIds: byKey("NAT gateway of the private subnet, by zone; empty in an existing network"),
    natPublicIps: byKey("Public IP address of traffic from the private subnet to the internet, by zone"),
    nodeSecurityGroupId: text(
      "Security group of nodes and pods; each layer that they reach or are reached from adds its rules",
      /^sg-/,
    ),
    bastionSecurityGroupId: text("Security group of the bastion", /^sg-/),
  },
  check: (given) =>
    problemsOf(
      () => cidrProblems(given),
      () => networkProblems(given),
    ),
  preflight: ({ environment, settings }) => [
    zonesCheck(environment),
    ...(settings.network.source === "existing"
      ? existingNetworkChecks({ ...settings, account: environment.account }, settings.network)
      : []),
  ],
  obstacles: ({ ids }) => [
    ...ids("aws_vpc").flatMap(guardDutyObstacles),
    ...nodeInterfaceObstacles(ids("aws_security_group")),
  ],
  preconditions: requiredNetwork,
  build(stack, { settings }) {
    const network = networkFor(stack, settings);
    const { vpcId, publicSubnetIds, privateSubnetIds, privateRouteTableIds } = network;
    const s3PrefixListId =
      existingS3PrefixList(settings) ??
      addS3Endpoint(stack, {
        vpcId,
        // Zones of an existing network can share a route table.
        routeTableIds: [...new Set(Object.values(privateRouteTableIds))],
      });
    return {
      vpcId,
      publicSubnetIds,
      privateSubnetIds,
      privateRouteTableIds,
      natGatewayIds: network.natGatewayIds,
      natPublicIps: network.natPublicIps,
      nodeSecurityGroupId: addNodeSecurityGroup(stack, vpcId),
      bastionSecurityGroupId: addBastionSecurityGroup(stack, { network, s3PrefixListId }),
    };
  },
});

function networkFor(stack: LayerStack, settings: z.output<typeof Settings>): Network {
  const { network, cidr, additionalCidrs } = settings;
  if (network.source === "new") return addOwnNetwork(stack, { cidr, additionalCidrs, ...network });
  return existingNetwork(network, [cidr, ...additionalCidrs]);
}

function existingS3PrefixList({ network }: z.output<typeof Settings>): string | undefined {
  return network.source === "existing" ? network.s3PrefixListId : undefined;
}
