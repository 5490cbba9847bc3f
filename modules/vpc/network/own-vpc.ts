import { DefaultNetworkAcl } from "@cdktf/provider-aws/lib/default-network-acl";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import type { LayerStack } from "../../../lib/layer/stack";

/** Adds the VPC with its additional ranges, and restricts its default security group and network ACL; returns its ID. */
export function addVpc(
  stack: LayerStack,
  ranges: { readonly cidr: string; readonly additionalCidrs: readonly string[] },
): string {
  const { name } = stack.environment;
  const vpc = new Vpc(stack, "vpc", {
    cidrBlock: ranges.cidr,
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: { Name: name },
  });
  addRanges(stack, vpc.id, ranges.additionalCidrs);
  // Without rules: a resource created without a security group gets this one, which allows no traffic.
  new DefaultSecurityGroup(stack, "default-security-group", {
    vpcId: vpc.id,
    tags: { Name: `${name}-default-closed` },
  });
  const cidrs = [ranges.cidr, ...ranges.additionalCidrs];
  addNetworkAcl(stack, { aclId: vpc.defaultNetworkAclId, cidrs });
  return vpc.id;
}

/** Adds one range after the other, because whether EC2 accepts a range depends on those that the VPC has already. */
function addRanges(stack: LayerStack, vpcId: string, cidrs: readonly string[]): void {
  let earlier: VpcIpv4CidrBlockAssociation | undefined;
  for (const cidr of cidrs) {
    earlier = new VpcIpv4CidrBlockAssociation(stack, `range-${cidr.replace(/[./]/g, "-")}`, {
      vpcId,
      cidrBlock: cidr,
      ...(earlier === undefined ? {} : { dependsOn: [earlier] }),
    });
  }
}

const allProtocols = { protocol: "-1", fromPort: 0, toPort: 0 };
const anywhere = "0.0.0.0/0";

/**
 * Security groups control access; the network ACL additionally denies SSH from outside. It does not deny RDP, because a
 * network ACL is stateless and would also drop responses to a NAT gateway on port 3389, one connection in 64,512.
 */
function addNetworkAcl(
  stack: LayerStack,
  { aclId, cidrs }: { readonly aclId: string; readonly cidrs: readonly string[] },
): void {
  const fromInside = cidrs.map((cidrBlock, index) => ({
    ruleNo: 100 + index,
    action: "allow",
    cidrBlock,
    ...allProtocols,
  }));
  const ssh = { ruleNo: 200, action: "deny", cidrBlock: anywhere, protocol: "tcp", fromPort: 22, toPort: 22 };
  new DefaultNetworkAcl(stack, "default-network-acl", {
    defaultNetworkAclId: aclId,
    ingress: [...fromInside, ssh, { ruleNo: 300, action: "allow", cidrBlock: anywhere, ...allProtocols }],
    egress: [{ ruleNo: 100, action: "allow", cidrBlock: anywhere, ...allProtocols }],
    tags: { Name: `${stack.environment.name}-default` },
    // AWS associates every new subnet with the default network ACL.
    lifecycle: { ignoreChanges: ["subnet_ids"] },
  });
}
