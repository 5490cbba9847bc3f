import { defineLayer } from "../../lib/layer";
import { byKey, text } from "../../lib/outputs";
import { kms } from "../kms/layer";
import { addBastion } from "./bastion";
import { addBastionSecurityGroup } from "./bastion-access";
import { cidrProblems } from "./cidr-rules";
import { endpointProblems } from "./endpoint-rules";
import { addInterfaceEndpoints, addS3Endpoint } from "./endpoints";
import { addFlowLogs } from "./flow-logs";
import { addGateways } from "./gateways";
import { addNetwork } from "./network";
import { addRoutes } from "./routes";
import { scale } from "./scale";
import { Settings } from "./settings";
import { addSubnets } from "./subnets";
import { inZone, perZone } from "./zones";

/** The network: subnets, gateways, endpoints, flow logs, and the bastion. */
export const vpc = defineLayer({
  name: "vpc",
  summary: "VPC over three zones, NAT gateways, endpoints, flow logs, bastion",
  settings: Settings,
  scale,
  needs: { kms },
  outputs: {
    vpcId: text("ID of the VPC", /^vpc-/),
    privateSubnetIds: byKey("Subnet of nodes, pods and databases, by zone"),
    publicSubnetIds: byKey("Subnet of internet-facing load balancers and NAT gateways, by zone"),
    privateRouteTableIds: byKey("Route table of the private subnet, by zone"),
    natPublicIps: byKey("Address that traffic from the private subnet has on the internet, by zone"),
    endpointsSecurityGroupId: text("Security group of the interface endpoints", /^sg-/),
    bastionInstanceId: text("Instance that an SSM session goes through", /^i-/),
    bastionSecurityGroupId: text("Security group of the bastion", /^sg-/),
  },
  check: (given) => [...cidrProblems(given), ...endpointProblems(given)],
  build(stack, { settings, from }) {
    const { zones } = stack.environment;
    const network = addNetwork(stack, settings);
    const { vpcId } = network;
    const subnets = addSubnets(stack, { id: vpcId, cidr: settings.cidr });
    const gateways = addGateways(stack, { id: vpcId, publicSubnetIds: subnets.public });
    const privateRouteTableIds = addRoutes(stack, { vpcId, subnets, gateways });
    const s3PrefixListId = addS3Endpoint(stack, {
      vpcId,
      routeTableIds: Object.values(privateRouteTableIds),
    });
    const endpoints = addInterfaceEndpoints(stack, {
      network,
      services: settings.interfaceEndpoints,
      subnetIds: Object.values(subnets.private),
    });
    addFlowLogs(stack, {
      vpcId,
      keyArn: from.kms.keyArns.at("logs"),
      retentionInDays: settings.flowLogRetentionDays,
    });
    const bastionSecurityGroupId = addBastionSecurityGroup(stack, { network, s3PrefixListId });
    return {
      vpcId,
      privateSubnetIds: subnets.private,
      publicSubnetIds: subnets.public,
      privateRouteTableIds,
      natPublicIps: perZone(zones, (zone) => inZone(gateways.nat, zone).publicIp),
      endpointsSecurityGroupId: endpoints.id,
      bastionInstanceId: addBastion(stack, {
        ...settings.bastion,
        subnetId: inZone(subnets.private, zones[0]),
        securityGroupId: bastionSecurityGroupId,
        keyArn: from.kms.keyArns.at("eks"),
      }),
      bastionSecurityGroupId,
    };
  },
});
