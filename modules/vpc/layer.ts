import type { z } from "zod";
import { guardDutyObstacles } from "../../lib/aws-facts/guardduty";
import { instanceTypeProblems } from "../../lib/aws-facts/instance-type-rules";
import { defineLayer } from "../../lib/layer/layer";
import { byKey, text } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";
import { audit } from "../audit/layer";
import { kms } from "../kms/layer";
import { cidrProblems } from "./checks/cidr";
import { endpointProblems } from "./checks/endpoint";
import { addInterfaceEndpoints, addS3Endpoint } from "./endpoints/endpoints";
import { existingNetwork } from "./network/existing-network";
import { addFlowLogs } from "./flow-logs";
import type { Network } from "./network/network";
import { networkProblems } from "./checks/network";
import { addOperatorAccess } from "./bastion/operator-access";
import { addOwnNetwork } from "./network/own-network";
import { addNodeSecurityGroup } from "./node-security-group";
import { requiredNetwork } from "./preconditions";
import { networkChecks } from "./preflight";
import { scale } from "./scale";
import { Settings } from "./settings";

const bastionType = ["layers", "vpc", "bastion", "instanceType"];

export { privateRanges } from "./network/private-ranges";

/** The network: subnets, gateways, endpoints, flow logs, and the bastion. */
export const vpc = defineLayer({
  name: "vpc",
  summary: "VPC over three zones, NAT gateways, endpoints, flow logs, bastion",
  settings: Settings,
  scale,
  needs: { kms, audit },
  outputs: {
    vpcId: text("ID of the VPC", /^vpc-/),
    privateSubnetIds: byKey("Subnet of nodes, pods and databases, by zone"),
    publicSubnetIds: byKey("Subnet of internet-facing load balancers and NAT gateways, by zone"),
    privateRouteTableIds: byKey("Route table of the private subnet, by zone"),
    natPublicIps: byKey("Public IP address of traffic from the private subnet to the internet, by zone"),
    nodeSecurityGroupId: text(
      "Security group of nodes and pods; each layer that they reach or are reached from adds its rules",
      /^sg-/,
    ),
    endpointsSecurityGroupId: text("Security group of the interface endpoints", /^sg-/),
    bastionInstanceId: text("Instance for SSM sessions", /^i-/),
    bastionSecurityGroupId: text("Security group of the bastion", /^sg-/),
    sessionDocumentName: text("SSM document that logs the sessions started with it"),
  },
  check: (given) => [
    ...cidrProblems(given),
    ...networkProblems(given),
    ...endpointProblems(given),
    ...instanceTypeProblems(bastionType, given.settings.bastion.instanceType),
  ],
  preflight: ({ environment, settings }) => networkChecks(environment, settings),
  obstacles: ({ ids }) => ids("aws_vpc").flatMap(guardDutyObstacles),
  preconditions: requiredNetwork,
  bastion: ({ outputs }) => outputs.bastionInstanceId,
  build(stack, { settings, from }) {
    const logKeyArn = from.kms.keyArns.at("logs");
    const network = networkFor(stack, settings, from.audit.topicArn);
    const { vpcId, publicSubnetIds, privateSubnetIds, privateRouteTableIds, natPublicIps } = network;
    const s3PrefixListId =
      existingS3PrefixList(settings) ??
      addS3Endpoint(stack, {
        vpcId,
        routeTableIds: Object.values(privateRouteTableIds),
      });
    const endpoints = addInterfaceEndpoints(stack, {
      network,
      services: settings.interfaceEndpoints,
      subnetIds: Object.values(privateSubnetIds),
    });
    addFlowLogs(stack, { vpcId, keyArn: logKeyArn, retentionInDays: settings.flowLogRetentionDays });
    return {
      vpcId,
      publicSubnetIds,
      privateSubnetIds,
      privateRouteTableIds,
      natPublicIps,
      nodeSecurityGroupId: addNodeSecurityGroup(stack, vpcId),
      endpointsSecurityGroupId: endpoints.id,
      ...addOperatorAccess(stack, {
        settings: settings.bastion,
        network,
        s3PrefixListId,
        logKeyArn,
        bastionKeyArn: from.kms.keyArns.at("eks"),
      }),
    };
  },
});

function networkFor(stack: LayerStack, settings: z.output<typeof Settings>, topicArn: string): Network {
  const { network, cidr, additionalCidrs } = settings;
  if (network.source === "new") return addOwnNetwork(stack, { cidr, additionalCidrs, topicArn });
  return existingNetwork(network, [cidr, ...additionalCidrs]);
}

function existingS3PrefixList({ network }: z.output<typeof Settings>): string | undefined {
  return network.source === "existing" ? network.s3PrefixListId : undefined;
}
