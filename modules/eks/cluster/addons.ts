import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import type { ITerraformDependable } from "cdktf";
import type { z } from "zod";
import type { LayerStack } from "../../../lib/layer/stack";
import type { AddonIdentities, AddonIdentity } from "./addon-roles";
import type { Settings } from "../settings";
import { describeInstanceType } from "../../../lib/aws-facts/instance-types";
import { addonVersions } from "../../../lib/aws-facts/kubernetes-versions";

type Addon = keyof (typeof addonVersions)[keyof typeof addonVersions];

/** The cluster of the add-ons, and their identities. */
interface Target {
  readonly cluster: EksCluster;
  readonly settings: Pick<z.output<typeof Settings>, "version" | "podIdentity" | "vpcCni" | "nodeGroups">;
  readonly identities: AddonIdentities;
}

/** Installation options of an add-on. */
interface Installation {
  readonly identity?: AddonIdentity;
  readonly configuration?: object;
  readonly after?: readonly ITerraformDependable[];
}

/** Adds the add-ons that a node needs to become ready: VPC CNI, kube-proxy and the Pod Identity agent. */
export function addNodeAddons(stack: LayerStack, target: Target): EksAddon[] {
  const { warmIpTarget, minimumIpTarget } = target.settings.vpcCni;
  return [
    addAddon(stack, target, ["eks-pod-identity-agent", {}]),
    addAddon(stack, target, ["kube-proxy", {}]),
    addAddon(stack, target, [
      "vpc-cni",
      {
        identity: target.identities["vpc-cni"],
        configuration: {
          // The add-on's schema requires a string.
          enableNetworkPolicy: "true",
          env: { WARM_IP_TARGET: String(warmIpTarget), MINIMUM_IP_TARGET: String(minimumIpTarget) },
        },
      },
    ]),
  ];
}

/** Adds the add-ons that need nodes to become active: CoreDNS and the CSI drivers. */
export function addClusterAddons(
  stack: LayerStack,
  target: Target,
  after: readonly ITerraformDependable[],
): void {
  addAddon(stack, target, ["coredns", { after }]);
  const volumeAttachLimit = volumesPerNode(target.settings.nodeGroups);
  addAddon(stack, target, [
    "aws-ebs-csi-driver",
    {
      identity: target.identities["aws-ebs-csi-driver"],
      configuration: { node: { volumeAttachLimit } },
      after,
    },
  ]);
  addAddon(stack, target, [
    "aws-efs-csi-driver",
    { identity: target.identities["aws-efs-csi-driver"], after },
  ]);
}

/**
 * Volumes that every node can attach. The driver's pods do not reach the instance metadata, and would count one network
 * interface: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/install.md, "Kubernetes Metadata".
 */
function volumesPerNode(groups: Target["settings"]["nodeGroups"]): number | undefined {
  const limits = Object.values(groups).flatMap(
    ({ instanceType }) => describeInstanceType(instanceType)?.volumes ?? [],
  );
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function addAddon(
  stack: LayerStack,
  { cluster, settings }: Target,
  [addon, { identity, configuration, after = [] }]: readonly [Addon, Installation],
): EksAddon {
  return new EksAddon(stack, addon, {
    clusterName: cluster.name,
    addonName: addon,
    addonVersion: addonVersions[settings.version][addon],
    // The configuration here overwrites manual changes.
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "OVERWRITE",
    ...(configuration && { configurationValues: JSON.stringify(configuration) }),
    ...(identity && grant(identity, settings.podIdentity)),
    dependsOn: [...after, ...(identity?.role.permissions ?? [])],
  });
}

/** Grants an add-on its role: EKS creates the Pod Identity association or annotates the service account. */
function grant({ serviceAccount, role }: AddonIdentity, by: z.output<typeof Settings>["podIdentity"]) {
  return by === "irsa"
    ? { serviceAccountRoleArn: role.arn }
    : { podIdentityAssociation: [{ serviceAccount, roleArn: role.arn }] };
}
