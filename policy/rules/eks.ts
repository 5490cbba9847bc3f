import { describeInstanceType } from "../../lib/aws-facts/instance-types";
import { versions } from "../../lib/aws-facts/kubernetes-versions";
import { each, mustBe, mustHaveCompanion } from "../checks";
import { hasCustomerKey } from "../customer-key";
import { isPublicSubnet } from "../reading";
import { rules } from "../rule";
import { readJson } from "../statements";
import { volumeDrivers, volumeLimitOf } from "../../synthesis/add-on";
import { kubeletConfigInUserData } from "../../synthesis/node-config";
import type { Resource } from "../../synthesis/resource";

/** Rules about the Kubernetes cluster. */
export const eksRules = rules({
  "cluster-endpoint": {
    title: "The Kubernetes API is reachable within the VPC only",
    publicIds: [
      "CKV_AWS_38",
      "CKV_AWS_39",
      "AWS-0040",
      "AWS-0041",
      "EKS.1",
      "CIS-EKS-5.4.1",
      "CIS-EKS-5.4.2",
    ],
    reason: "A vulnerability of the API server must not be reachable from the internet",
    fix: "Set vpc_config.endpoint_private_access to true and endpoint_public_access to false",
    check: each(["aws_eks_cluster"], (cluster) =>
      cluster.is("vpc_config.endpoint_private_access", true) &&
      cluster.is("vpc_config.endpoint_public_access", false)
        ? undefined
        : "its API is reachable from outside the VPC, or not from within",
    ),
  },
  "cluster-logs": {
    title: "All log types of the Kubernetes control plane are enabled",
    publicIds: ["CKV_AWS_37", "AWS-0038", "EKS.8", "CIS-EKS-2.1.1"],
    reason: "Only the audit log shows who changed what in the cluster",
    fix: "List api, audit, authenticator, controllerManager and scheduler in enabled_cluster_log_types",
    check: each(["aws_eks_cluster"], (cluster) => {
      const missing = kinds.filter((kind) => !cluster.texts("enabled_cluster_log_types").includes(kind));
      return missing.length === 0 ? undefined : `it does not log ${missing.join(", ")}`;
    }),
  },
  "cluster-secrets": {
    title: "Kubernetes secrets are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_58", "AWS-0039", "CIS-EKS-5.3.1"],
    reason: "Otherwise secrets are readable in etcd and its backups",
    fix: 'Add encryption_config with the resource "secrets" and a key',
    check: each(["aws_eks_cluster"], (cluster) =>
      cluster.texts("encryption_config.resources").includes("secrets") &&
      hasCustomerKey(cluster.given, "encryption_config.provider.key_arn")
        ? undefined
        : "its secrets are not encrypted with a customer-managed key",
    ),
  },
  "cluster-version": {
    title: "Every cluster runs a Kubernetes version in standard support",
    publicIds: ["CKV_AWS_339", "EKS.2"],
    reason:
      "In extended support a cluster costs six times as much, and afterwards EKS upgrades it automatically",
    fix: "Raise layers.eks.version",
    check: mustBe("aws_eks_cluster", "version", ...versions),
  },
  "cluster-access": {
    title: "Access to a cluster requires an access entry, also for its creator",
    publicIds: [],
    reason: "The creator's implicit access can be neither listed nor revoked",
    fix: 'Set access_config.authentication_mode to "API" and bootstrap_cluster_creator_admin_permissions to false',
    check: each(["aws_eks_cluster"], (cluster) =>
      cluster.is("access_config.authentication_mode", "API") &&
      cluster.is("access_config.bootstrap_cluster_creator_admin_permissions", false)
        ? undefined
        : "access without an access entry is possible",
    ),
  },
  "cluster-administrators": {
    title: "Administrators of a cluster are of its own account",
    publicIds: [],
    reason: "Whoever may change roles of another account gives itself the rights of an administrator",
    fix: "Give a role of the cluster's account access, and let the other account assume it with a condition",
    check: each(["aws_eks_access_policy_association"], (association, synthesised) => {
      if (!association.texts("policy_arn").some((arn) => /AmazonEKS(Cluster)?AdminPolicy$/.test(arn)))
        return undefined;
      const entries = synthesised.targets(association, "principal_arn");
      const arns = [association, ...entries].flatMap((found) => found.texts("principal_arn"));
      const foreign = arns.filter((arn) => {
        const account = /^arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):/.exec(arn)?.[1];
        return account !== undefined && !synthesised.accounts.includes(account);
      });
      return foreign.length === 0 ? undefined : `${foreign.join(", ")} of another account administers it`;
    }),
  },
  "cluster-network-policy": {
    title: "Every cluster enforces network policies",
    publicIds: ["CIS-EKS-5.4.4"],
    reason: "Without them, every pod can connect to every other pod",
    fix: 'Set enableNetworkPolicy to "true" in the configuration of the vpc-cni add-on',
    check: mustHaveCompanion("aws_eks_cluster", {
      by: "aws_eks_addon",
      through: "cluster_name",
      where: enforcesPolicies,
      without: "its vpc-cni add-on does not enforce network policies",
    }),
  },
  "addon-version": {
    title: "The version of every add-on is pinned",
    publicIds: [],
    reason: "Otherwise the version depends on the day of the apply",
    fix: "Set addon_version",
    check: each(["aws_eks_addon"], (addon) =>
      addon.has("addon_version") ? undefined : "its version is not pinned",
    ),
  },
  "node-subnets": {
    title: "Nodes are in private subnets",
    publicIds: ["CIS-EKS-5.4.3"],
    reason: "A node in a public subnet is reachable from the internet after a single misconfiguration",
    fix: "List private subnets in subnet_ids",
    check: each(["aws_eks_node_group"], (nodes, synthesised) =>
      synthesised.targets(nodes, "subnet_ids").some((subnet) => isPublicSubnet(synthesised, subnet))
        ? "it is in a public subnet"
        : undefined,
    ),
  },
  "node-remote-access": {
    title: "Node groups have no SSH access",
    publicIds: ["CKV_AWS_100"],
    reason: "EKS opens port 22 to everywhere when a key pair is given without a source",
    fix: "Remove remote_access",
    check: each(["aws_eks_node_group"], (nodes) =>
      nodes.has("remote_access") ? "it allows SSH access" : undefined,
    ),
  },
  "node-config": {
    title: "Settings of kubelet that EKS also sets are in a file of nodeadm",
    publicIds: [],
    reason: "In user data of a node group without an image of its own, those of EKS take precedence",
    fix: "Write them to /etc/eks/nodeadm.d in a script of the user data, as modules/eks/nodes/scripts.ts does",
    check: each(["aws_eks_node_group"], (nodes, synthesised) => {
      const templates = synthesised.targets(nodes, "launch_template.id");
      const ignored = templates
        .filter((template) => !template.has("image_id"))
        .flatMap((template) => Object.keys(kubeletConfigInUserData(template)))
        .filter((name) => setByEks.includes(name));
      return ignored.length === 0 ? undefined : `its user data sets ${ignored.join(", ")} in vain`;
    }),
  },
  "volume-limit": {
    title: "The EBS CSI driver reports at most the volumes that every node can attach",
    publicIds: [],
    reason:
      "Without access to instance metadata it counts one network interface, and pods wait for volumes that cannot be attached",
    fix: "Set node.volumeAttachLimit in the add-on's configuration_values",
    check: (synthesised) => {
      const most = Math.min(...synthesised.of("aws_launch_template").flatMap(attachableVolumes));
      return volumeDrivers(synthesised)
        .filter((addon) => (volumeLimitOf(addon) ?? Infinity) > most)
        .map(({ layer, address }) => ({
          layer,
          address,
          message: `it may report more than the ${most} volumes that a node can attach`,
        }));
    },
  },
});

/** The volumes that a node can attach; none if its pods reach the instance metadata, or its type is not known. */
function attachableVolumes(template: Resource): readonly number[] {
  const type = describeInstanceType(template.texts("instance_type")[0] ?? "");
  return template.is("metadata_options.http_put_response_hop_limit", 1) && type ? [type.volumes] : [];
}

/** https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html and choosing-instance-type.html#max-pods-precedence */
const setByEks = ["clusterDNS", "maxPods"];

const kinds = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

function enforcesPolicies(addon: Resource): boolean {
  const configuration = readJson(addon.texts("configuration_values")[0] ?? "");
  if (!addon.is("addon_name", "vpc-cni") || typeof configuration !== "object" || configuration === null)
    return false;
  return "enableNetworkPolicy" in configuration && configuration.enableNetworkPolicy === "true";
}
