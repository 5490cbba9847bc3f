import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import type { ITerraformDependable } from "cdktf";
import type { z } from "zod";
import type { LayerStack } from "../../../lib/layer/stack";
import type { PodRoles } from "../pods/roles";
import type { Role } from "../role";
import type { Settings } from "../settings";
import { addonVersions } from "../../../lib/aws-facts/kubernetes-versions";

type Addon = keyof (typeof addonVersions)[keyof typeof addonVersions];

/** The cluster that gets add-ons, and their roles. */
interface Target {
  readonly cluster: EksCluster;
  readonly settings: Pick<z.output<typeof Settings>, "version" | "podIdentity" | "vpcCni">;
  readonly roles: PodRoles;
}

/** What an add-on is installed with, beyond its version. */
interface Installation {
  readonly identity?: { readonly serviceAccount: string; readonly role: Role };
  readonly configuration?: object;
  readonly after?: readonly ITerraformDependable[];
}

/** Adds what a node needs before it can be ready: addresses for pods, services, identities. */
export function addNodeAddons(stack: LayerStack, target: Target): EksAddon[] {
  const { warmIpTarget, minimumIpTarget } = target.settings.vpcCni;
  return [
    addAddon(stack, target, ["eks-pod-identity-agent", {}]),
    addAddon(stack, target, ["kube-proxy", {}]),
    addAddon(stack, target, [
      "vpc-cni",
      {
        identity: { serviceAccount: "aws-node", role: target.roles["vpc-cni"] },
        configuration: {
          // A string, as the add-on's schema wants it.
          enableNetworkPolicy: "true",
          env: { WARM_IP_TARGET: String(warmIpTarget), MINIMUM_IP_TARGET: String(minimumIpTarget) },
        },
      },
    ]),
  ];
}

/** Adds what runs on nodes, and would wait for them in vain without any: cluster DNS and storage. */
export function addClusterAddons(
  stack: LayerStack,
  target: Target,
  after: readonly ITerraformDependable[],
): void {
  const driver = (serviceAccount: string, role: Role) => ({ identity: { serviceAccount, role }, after });
  const { roles } = target;
  addAddon(stack, target, ["coredns", { after }]);
  addAddon(stack, target, [
    "aws-ebs-csi-driver",
    driver("ebs-csi-controller-sa", roles["aws-ebs-csi-driver"]),
  ]);
  addAddon(stack, target, [
    "aws-efs-csi-driver",
    driver("efs-csi-controller-sa", roles["aws-efs-csi-driver"]),
  ]);
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
    // What somebody changed by hand gives way to what is written here.
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "OVERWRITE",
    ...(configuration && { configurationValues: JSON.stringify(configuration) }),
    ...(identity && grant(identity, settings.podIdentity)),
    dependsOn: [...after, ...(identity?.role.permissions ?? [])],
  });
}

/** Gives an add-on its role: EKS either makes the association or annotates the service account. */
function grant(
  { serviceAccount, role }: NonNullable<Installation["identity"]>,
  by: z.output<typeof Settings>["podIdentity"],
) {
  return by === "irsa"
    ? { serviceAccountRoleArn: role.arn }
    : { podIdentityAssociation: [{ serviceAccount, roleArn: role.arn }] };
}
