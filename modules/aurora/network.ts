import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { allowIn, allowOut } from "../../lib/constructs/traffic";
import type { Keyed } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";

/** The default port of PostgreSQL, which the applications' charts require. */
export const postgresPort = 5432;

/** Network attributes that the database uses. */
interface Network {
  readonly vpcId: string;
  readonly privateSubnetIds: Keyed;
  readonly nodeSecurityGroupId: string;
  readonly bastionSecurityGroupId: string;
}

/** Adds the database's subnet group, and a security group that allows the nodes and the bastion. */
export function addNetwork(stack: LayerStack, network: Network) {
  const subnetGroup = new DbSubnetGroup(stack, "subnets", {
    name: stack.named("rdsIdentifier", "aurora"),
    description: "Private subnets of every zone",
    subnetIds: stack.environment.zones.map((zone) => network.privateSubnetIds.at(zone)),
  });
  const name = stack.named("securityGroup", "aurora");
  const securityGroup = new SecurityGroup(stack, "security-group", {
    name,
    description: "Aurora PostgreSQL",
    vpcId: network.vpcId,
    tags: { Name: name },
  });
  const postgres = { to: securityGroup.id, ports: [postgresPort, postgresPort] } as const;
  const fromNodes = { ...postgres, from: network.nodeSecurityGroupId, description: "PostgreSQL" };
  allowIn(stack, "postgres-from-nodes", fromNodes);
  allowOut(stack, "postgres-from-nodes", fromNodes);
  // The vpc layer allows the bastion's outbound traffic to the VPC.
  allowIn(stack, "postgres-from-bastion", {
    ...postgres,
    from: network.bastionSecurityGroupId,
    description: "PostgreSQL from operators on the bastion",
  });
  return { subnetGroup, securityGroup };
}
