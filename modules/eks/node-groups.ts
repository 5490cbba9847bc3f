import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import type { ITerraformDependable } from "cdktf";
import type { Keyed } from "../../lib/outputs";
import type { LayerStack } from "../../lib/stack";
import { addLaunchTemplate } from "./launch-template";
import type { NodeGroup } from "./node-group-settings";
import type { Role } from "./role";

/** What the nodes of all groups are started with. */
interface Basis {
  readonly cluster: EksCluster;
  readonly role: Role;
  readonly securityGroupId: string;
  readonly volumeKeyArn: string;
  readonly privateSubnetIds: Keyed;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Adds the managed node groups, each over all zones. */
export function addNodeGroups(
  stack: LayerStack,
  groups: Readonly<Record<string, NodeGroup>>,
  basis: Basis,
): EksNodeGroup[] {
  return Object.entries(groups).map(([name, group]) => addNodeGroup(stack, { ...group, name }, basis));
}

function addNodeGroup(stack: LayerStack, group: NodeGroup & { readonly name: string }, basis: Basis) {
  const launchTemplate = addLaunchTemplate(stack, group, basis);
  return new EksNodeGroup(stack, `${group.name}-nodes`, {
    clusterName: basis.cluster.name,
    nodeGroupName: stack.named("eksNodeGroup", group.name),
    nodeRoleArn: basis.role.arn,
    version: basis.cluster.version,
    amiType: "AL2023_x86_64_STANDARD",
    capacityType: "ON_DEMAND",
    subnetIds: stack.environment.zones.map((zone) => basis.privateSubnetIds.at(zone)),
    launchTemplate: {
      id: launchTemplate.id,
      version: launchTemplate.getStringAttribute("latest_version"),
    },
    labels: group.labels,
    taint: group.taints,
    updateConfig: { maxUnavailablePercentage: 33 },
    nodeRepairConfig: { enabled: true },
    tags: autoscalerTags(stack.environment.name),
    timeouts: { update: "90m" },
    dependsOn: [...basis.dependsOn, ...basis.role.permissions],
    ...scaling(group),
  });
}

/** The cluster autoscaler owns the number of nodes where there is a choice; elsewhere the environment file does. */
function scaling({ minSize, desiredSize, maxSize }: NodeGroup) {
  return {
    scalingConfig: { minSize, desiredSize, maxSize },
    ...(minSize < maxSize ? { lifecycle: { ignoreChanges: ["scaling_config[0].desired_size"] } } : {}),
  };
}

function autoscalerTags(cluster: string) {
  return { "k8s.io/cluster-autoscaler/enabled": "true", [`k8s.io/cluster-autoscaler/${cluster}`]: "owned" };
}
