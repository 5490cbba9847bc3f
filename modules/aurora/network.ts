import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Keyed } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";

/** The default port of PostgreSQL, which the applications' charts require. */
export const postgresPort = 5432;

/** Network attributes that the database uses. */
interface Network {
  readonly vpcId: string;
  readonly privateSubnetIds: Keyed;
  readonly bastionSecurityGroupId: string;
}

/** Adds the database's subnet group, and a security group that allows the bastion only. */
export function addNetwork(stack: LayerStack, network: Network) {
  const subnetGroup = new DbSubnetGroup(stack, "subnets", {
    name: stack.named("rdsIdentifier", "aurora"),
    description: "Private subnets of every zone",
    subnetIds: stack.environment.zones.map((zone) => network.privateSubnetIds.at(zone)),
  });
  const name = stack.named("securityGroup", "aurora");
  const securityGroup = new SecurityGroup(stack, "security-group", {
    name,
    description: "Aurora PostgreSQL; each client layer adds its own rule",
    vpcId: network.vpcId,
    tags: { Name: name },
  });
  new VpcSecurityGroupIngressRule(stack, "postgres-from-bastion", {
    securityGroupId: securityGroup.id,
    description: "PostgreSQL from operators on the bastion",
    referencedSecurityGroupId: network.bastionSecurityGroupId,
    ipProtocol: "tcp",
    fromPort: postgresPort,
    toPort: postgresPort,
  });
  return { subnetGroup, securityGroup };
}
