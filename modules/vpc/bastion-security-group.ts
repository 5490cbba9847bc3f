import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import type { LayerStack } from "../../lib/layer/stack";
import type { Network } from "./network/network";

/**
 * Adds the bastion's security group: no inbound traffic, and outbound traffic only to the destinations of sessions. The
 * layers of these destinations name it, and do not wait for the bastion itself.
 */
export function addBastionSecurityGroup(
  stack: LayerStack,
  { network, s3PrefixListId }: { readonly network: Network; readonly s3PrefixListId: string },
): string {
  const group = new SecurityGroup(stack, "bastion-security-group", {
    name: stack.named("securityGroup", "bastion"),
    description: "Bastion: no inbound traffic",
    vpcId: network.vpcId,
    tags: { Name: stack.named("securityGroup", "bastion") },
  });
  const allow = (id: string, port: number, to: Destination) =>
    new VpcSecurityGroupEgressRule(stack, `bastion-${id}`, {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      ...to,
    });
  for (const cidr of network.cidrs) {
    const key = cidr.replace(/[./]/g, "-");
    allow(`to-https-${key}`, 443, { cidrIpv4: cidr, description: "AWS endpoints and the Kubernetes API" });
    allow(`to-postgresql-${key}`, 5432, { cidrIpv4: cidr, description: "Aurora PostgreSQL" });
  }
  allow("to-s3", 443, {
    prefixListId: s3PrefixListId,
    description: "Amazon Linux packages in S3",
  });
  return group.id;
}

type Destination = { readonly description: string } & (
  { readonly cidrIpv4: string } | { readonly prefixListId: string }
);
