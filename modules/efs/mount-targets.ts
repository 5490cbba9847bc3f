import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Keyed } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";

/** Network attributes that the mount targets use. */
interface Network {
  readonly vpcId: string;
  readonly privateSubnetIds: Keyed;
}

/** Adds a mount target in every zone, with a security group without rules; client layers add theirs. */
export function addMountTargets(stack: LayerStack, fileSystemId: string, network: Network): SecurityGroup {
  const name = stack.named("securityGroup", "efs");
  const group = new SecurityGroup(stack, "mount-targets-group", {
    name,
    description: "EFS mount targets; each client layer adds its own rule",
    vpcId: network.vpcId,
    tags: { Name: name },
  });
  for (const zone of stack.environment.zones) {
    new EfsMountTarget(stack, `mount-target-${zone}`, {
      fileSystemId,
      subnetId: network.privateSubnetIds.at(zone),
      securityGroups: [group.id],
    });
  }
  return group;
}
