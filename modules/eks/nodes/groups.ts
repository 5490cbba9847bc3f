import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import type { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { ITerraformDependable } from "cdktf";
import type { Keyed } from "../../../lib/layer/outputs";
import type { LayerStack } from "../../../lib/layer/stack";
import { addLaunchTemplate } from "./launch-template";
import type { NodeGroup } from "./group-settings";
import type { Nodes } from "./settings";
import type { Role } from "../role";
import { type ZoneGroup, zoneGroups } from "./zone-groups";

/** What the nodes of all groups are started with. */
interface Basis {
  readonly cluster: EksCluster;
  readonly role: Role;
  readonly securityGroupId: string;
  readonly volumeKeyArn: string;
  readonly nodes: Nodes;
  readonly privateSubnetIds: Keyed;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** A managed node group, and how far it may grow. */
export interface AddedGroup {
  readonly size: ZoneGroup;
  readonly nodeGroup: EksNodeGroup;
}

/** Adds the managed node groups, each over all zones or one in each of them. */
export function addNodeGroups(
  stack: LayerStack,
  groups: Readonly<Record<string, NodeGroup>>,
  basis: Basis,
): AddedGroup[] {
  return Object.entries(groups).flatMap(([name, settings]) => {
    const group = { ...settings, name };
    const launchTemplate = addLaunchTemplate(stack, group, basis);
    return zoneGroups(group, stack.environment.zones).map((size) => ({
      size,
      nodeGroup: addNodeGroup(stack, { ...settings, size, launchTemplate }, basis),
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
  basis: Basis,
): EksNodeGroup {
  return new EksNodeGroup(stack, `${size.name}-nodes`, {
    clusterName: basis.cluster.name,
    nodeGroupName: stack.named("eksNodeGroup", size.name),
    nodeRoleArn: basis.role.arn,
    version: basis.cluster.version,
    ...(basis.nodes.amiReleaseVersion === undefined ? {} : { releaseVersion: basis.nodes.amiReleaseVersion }),
    amiType: "AL2023_x86_64_STANDARD",
    capacityType: "ON_DEMAND",
    subnetIds: size.zones.map((zone) => basis.privateSubnetIds.at(zone)),
    launchTemplate: {
      id: launchTemplate.id,
      version: launchTemplate.getStringAttribute("latest_version"),
    },
    labels,
    taint: taints,
    updateConfig: { maxUnavailablePercentage: 33 },
    nodeRepairConfig: { enabled: true },
    tags: autoscalerTags(stack.environment.name),
    timeouts: { update: "90m" },
    dependsOn: [...basis.dependsOn, ...basis.role.permissions],
    ...scaling(size),
  });
}

/** The cluster autoscaler owns the number of nodes where there is a choice; elsewhere the environment file does. */
function scaling({ minSize, desiredSize, maxSize }: ZoneGroup) {
  return {
    scalingConfig: { minSize, desiredSize, maxSize },
    ...(minSize < maxSize ? { lifecycle: { ignoreChanges: ["scaling_config[0].desired_size"] } } : {}),
  };
}

function autoscalerTags(cluster: string) {
  return { "k8s.io/cluster-autoscaler/enabled": "true", [`k8s.io/cluster-autoscaler/${cluster}`]: "owned" };
}
