import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { allowIn, allowOut } from "../../lib/constructs/traffic";
import type { Keyed } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";

/** The port of NFS: https://docs.aws.amazon.com/efs/latest/ug/network-access.html */
const nfsPort = 2049;

/** Network attributes that the mount targets use. */
interface Network {
  readonly vpcId: string;
  readonly privateSubnetIds: Keyed;
  readonly nodeSecurityGroupId: string;
}

/** Adds a mount target in every zone, with a security group that allows NFS from the nodes. */
export function addMountTargets(stack: LayerStack, fileSystemId: string, network: Network): SecurityGroup {
  const name = stack.named("securityGroup", "efs");
  const group = new SecurityGroup(stack, "mount-targets-group", {
    name,
    description: "EFS mount targets",
    vpcId: network.vpcId,
    tags: { Name: name },
  });
  const nfs = { from: network.nodeSecurityGroupId, to: group.id, description: "NFS" };
  const traffic = { ...nfs, ports: [nfsPort, nfsPort] } as const;
  allowIn(stack, "nfs-from-nodes", traffic);
  allowOut(stack, "nfs-from-nodes", traffic);
  for (const zone of stack.environment.zones) {
    new EfsMountTarget(stack, `mount-target-${zone}`, {
      fileSystemId,
      subnetId: network.privateSubnetIds.at(zone),
      securityGroups: [group.id],
    });
  }
  return group;
}
