import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import type { LayerStack } from "../../../lib/layer/stack";
import type { NodeGroup } from "./group-settings";
import type { Nodes } from "./settings";
import { userData } from "./user-data";

/** Inputs common to the launch templates of all groups. */
interface Shared {
  readonly securityGroupId: string;
  readonly volumeKeyArn: string;
  readonly nodes: Nodes;
}

/** Adds the launch template of a node group; EKS rolls out a new version node by node. */
export function addLaunchTemplate(
  stack: LayerStack,
  group: NodeGroup & { readonly name: string },
  { securityGroupId, volumeKeyArn, nodes }: Shared,
): LaunchTemplate {
  const tags = { ...stack.tags, Name: stack.named("launchTemplate", `eks-${group.name}`) };
  return new LaunchTemplate(stack, `${group.name}-template`, {
    name: tags.Name,
    updateDefaultVersion: true,
    // Set here instead of in the node group, where a change would replace the group.
    instanceType: group.instanceType,
    ebsOptimized: "true",
    vpcSecurityGroupIds: [securityGroupId],
    userData: userData(group.maxPods, nodes),
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      // Pods cannot reach the node's credentials; they have their own IAM roles.
      httpPutResponseHopLimit: 1,
      // EKS adds a tag whose key has a slash, which EC2 refuses where an account turns tags in metadata on by default:
      // https://github.com/eksctl-io/eksctl/issues/8446
      instanceMetadataTags: "disabled",
    },
    monitoring: { enabled: true },
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: {
          volumeType: "gp3",
          volumeSize: group.diskGiB,
          encrypted: "true",
          kmsKeyId: volumeKeyArn,
          deleteOnTermination: "true",
        },
      },
    ],
    // The provider's default tags apply to the template only.
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
      resourceType,
      tags,
    })),
    tags: { Name: tags.Name },
  });
}
