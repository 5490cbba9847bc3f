import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import type { LayerStack } from "../../../lib/layer/stack";
import { planSubnets } from "../../../lib/aws-facts/subnets";
import { addFlowLogs } from "../../../lib/constructs/flow-logs";
import type { Logs } from "../logs";

/** The service's own VPC. */
export interface Network {
  readonly vpcId: string;
  /** Subnets of the internet-facing load balancer. */
  readonly publicSubnetIds: readonly string[];
  /** Subnets of the proxy, without a route to the internet. */
  readonly privateSubnetIds: readonly string[];
}

/** Adds a separate VPC with flow logs, and public and private subnets in every zone. */
export function addNetwork(stack: LayerStack, cidr: string, logs: Logs): Network {
  const { name, zones } = stack.environment;
  const vpc = new Vpc(stack, "own-vpc", {
    cidrBlock: cidr,
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: { Name: `${name}-release-service` },
  });
  // The construct "vpc" is the state of the orchestrator's VPC.
  vpc.overrideLogicalId("vpc");
  // Without rules: a resource created without a security group gets this one, which allows no traffic.
  new DefaultSecurityGroup(stack, "default-security-group", {
    vpcId: vpc.id,
    tags: { Name: `${name}-release-service-default-closed` },
  });
  addFlowLogs(stack, {
    ...logs,
    vpcId: vpc.id,
    name: "release-service-flow",
    tag: "release-service",
    description: "Writes the flow logs of the release service",
  });
  const plan = planSubnets(cidr, zones);
  const gateway = new InternetGateway(stack, "internet-gateway", {
    vpcId: vpc.id,
    tags: { Name: `${name}-release-service` },
  });
  return {
    vpcId: vpc.id,
    publicSubnetIds: addSubnets(stack, "public", {
      vpcId: vpc.id,
      ranges: plan.public,
      gatewayId: gateway.id,
    }),
    privateSubnetIds: addSubnets(stack, "private", { vpcId: vpc.id, ranges: plan.private }),
  };
}

interface Subnets {
  readonly vpcId: string;
  readonly ranges: Readonly<Record<string, string>>;
  readonly gatewayId?: string;
}

function addSubnets(
  stack: LayerStack,
  kind: "public" | "private",
  { vpcId, ranges, gatewayId }: Subnets,
): readonly string[] {
  const name = `${stack.environment.name}-release-service-${kind}`;
  const table = new RouteTable(stack, `${kind}-routes`, { vpcId, tags: { Name: name } });
  if (gatewayId !== undefined) {
    new Route(stack, `${kind}-default-route`, {
      routeTableId: table.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId,
    });
  }
  return Object.entries(ranges).map(([zone, cidrBlock]) => {
    const subnet = new Subnet(stack, `${kind}-${zone}`, {
      vpcId,
      availabilityZone: zone,
      cidrBlock,
      mapPublicIpOnLaunch: false,
      tags: { Name: `${name}-${zone}` },
    });
    new RouteTableAssociation(stack, `${kind}-${zone}-association`, {
      routeTableId: table.id,
      subnetId: subnet.id,
    });
    return subnet.id;
  });
}
