import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import type { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { ITerraformDependable } from "cdktf";
import type { Keyed } from "../../../lib/layer/outputs";
import type { LayerStack } from "../../../lib/layer/stack";
import { addLaunchTemplate } from "./launch-template";
import type { NodeGroup } from "./group-settings";
import type { Nodes } from "./settings";
import type { Role } from "../../../lib/constructs/role";
import { type ZoneGroup, zoneGroups } from "./zone-groups";

/** Inputs common to all node groups. */
interface NodeGroupInputs {
  readonly cluster: EksCluster;
  readonly role: Role;
  readonly securityGroupId: string;
  readonly volumeKeyArn: string;
  readonly nodes: Nodes;
  readonly privateSubnetIds: Keyed;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** A managed node group and its sizes. */
export interface AddedGroup {
  readonly size: ZoneGroup;
  readonly nodeGroup: EksNodeGroup;
}

/** Adds the managed node groups, each across all zones or one per zone. */
export function addNodeGroups(
  stack: LayerStack,
  groups: Readonly<Record<string, NodeGroup>>,
  inputs: NodeGroupInputs,
): AddedGroup[] {
  return Object.entries(groups).flatMap(([name, settings]) => {
    const group = { ...settings, name };
    const launchTemplate = addLaunchTemplate(stack, group, inputs);
    return zoneGroups(group, stack.environment.zones).map((size) => ({
      size,
      nodeGroup: addNodeGroup(stack, { ...settings, size, launchTemplate }, inputs),
    }));
  });
}

interface Planned extends Pick<NodeGroup, "labels" | "taints"> {
  readonly size: ZoneGroup;
  readonly launchTemplate: LaunchTemplate;
}

function addNodeGroup(
  stack: LayerStack,
  { size, labels, taints, launchTemplate }: Planned,
  inputs: NodeGroupInputs,
): EksNodeGroup {
  return new EksNodeGroup(stack, `${size.name}-nodes`, {
    clusterName: inputs.cluster.name,
    nodeGroupName: stack.named("eksNodeGroup", size.name),
    nodeRoleArn: inputs.role.arn,
    version: inputs.cluster.version,
    ...(inputs.nodes.amiReleaseVersion === undefined
      ? {}
      : { releaseVersion: inputs.nodes.amiReleaseVersion }),
    amiType: "AL2023_x86_64_STANDARD",
    capacityType: "ON_DEMAND",
    subnetIds: size.zones.map((zone) => inputs.privateSubnetIds.at(zone)),
    launchTemplate: {
      id: launchTemplate.id,
      version: launchTemplate.getStringAttribute("latest_version"),
    },
    labels,
    taint: taints.map(({ value, ...taint }) => ({ ...taint, ...(value === undefined ? {} : { value }) })),
    updateConfig: { maxUnavailablePercentage: 33 },
    nodeRepairConfig: { enabled: true },
    tags: autoscalerTags(stack.environment.name),
    timeouts: { update: "90m" },
    dependsOn: [...inputs.dependsOn, ...inputs.role.permissions],
    ...scaling(size),
  });
}

/** The cluster autoscaler manages the number of nodes, unless minSize equals maxSize. */
function scaling({ minSize, desiredSize, maxSize }: ZoneGroup) {
  return {
    scalingConfig: { minSize, desiredSize, maxSize },
    ...(minSize < maxSize ? { lifecycle: { ignoreChanges: ["scaling_config[0].desired_size"] } } : {}),
  };
}

function autoscalerTags(cluster: string) {
  return { "k8s.io/cluster-autoscaler/enabled": "true", [`k8s.io/cluster-autoscaler/${cluster}`]: "owned" };
}
