import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import type { ITerraformDependable } from "cdktf";
import type { LayerStack } from "../../lib/stack";
import type { PodRoles } from "./pod-roles";
import type { Identity } from "./pod-trust";
import type { Role } from "./role";
import { addonVersions } from "./versions";

type Version = keyof typeof addonVersions;
type Addon = keyof (typeof addonVersions)[Version];

/** The cluster that gets add-ons, and their roles. */
interface Target {
  readonly cluster: EksCluster;
  readonly version: Version;
  readonly roles: PodRoles;
  readonly identity: Identity["by"];
}

/** What an add-on is installed with, beyond its version. */
interface Installation {
  readonly identity?: { readonly serviceAccount: string; readonly role: Role };
  readonly configuration?: object;
  readonly after?: readonly ITerraformDependable[];
}

/** Adds what a node needs before it can be ready: addresses for pods, services, identities. */
export function addNodeAddons(stack: LayerStack, target: Target): EksAddon[] {
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
          // Few warm addresses, because each is taken from the subnet.
          env: { WARM_IP_TARGET: "2", MINIMUM_IP_TARGET: "10" },
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
  { cluster, version, identity: by }: Target,
  [addon, { identity, configuration, after = [] }]: readonly [Addon, Installation],
): EksAddon {
  return new EksAddon(stack, addon, {
    clusterName: cluster.name,
    addonName: addon,
    addonVersion: addonVersions[version][addon],
    // What somebody changed by hand gives way to what is written here.
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "OVERWRITE",
    ...(configuration && { configurationValues: JSON.stringify(configuration) }),
    ...(identity && grant(identity, by)),
    dependsOn: [...after, ...(identity?.role.permissions ?? [])],
  });
}

/** Gives an add-on its role: EKS either makes the association or annotates the service account. */
function grant({ serviceAccount, role }: NonNullable<Installation["identity"]>, by: Identity["by"]) {
  return by === "irsa"
    ? { serviceAccountRoleArn: role.arn }
    : { podIdentityAssociation: [{ serviceAccount, roleArn: role.arn }] };
}
