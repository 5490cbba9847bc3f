import { defineLayer } from "../../lib/layer";
import { byKey, text } from "../../lib/outputs";
import { kms } from "../kms/layer";
import { cidrProblems } from "./cidr-rules";
import { scale } from "./scale";
import { Settings } from "./settings";

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
  check: cidrProblems,
  build() {
    throw new Error("not built yet");
  },
});
