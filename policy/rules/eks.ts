import { versions } from "../../lib/aws-facts/kubernetes-versions";
import { each, mustBe, mustHaveCompanion } from "../checks";
import { isPublicSubnet } from "../reading";
import { rules } from "../rule";
import { readJson } from "../statements";
import type { Resource } from "../../synthesis/resource";

/** Rules about the Kubernetes cluster. */
export const eksRules = rules({
  "cluster-endpoint": {
    title: "The Kubernetes API answers within the VPC only",
    publicIds: [
      "CKV_AWS_38",
      "CKV_AWS_39",
      "AWS-0040",
      "AWS-0041",
      "EKS.1",
      "CIS-EKS-5.4.1",
      "CIS-EKS-5.4.2",
    ],
    reason: "A flaw in the API server must not be within everybody's reach",
    fix: "Set vpc_config.endpoint_private_access to true and endpoint_public_access to false",
    check: each(["aws_eks_cluster"], (cluster) =>
      cluster.is("vpc_config.endpoint_private_access", true) &&
      cluster.is("vpc_config.endpoint_public_access", false)
        ? undefined
        : "its API answers outside the VPC, or not within",
    ),
  },
  "cluster-logs": {
    title: "The Kubernetes control plane logs everything it can",
    publicIds: ["CKV_AWS_37", "AWS-0038", "EKS.8", "CIS-EKS-2.1.1"],
    reason: "Only the audit log tells who changed what in the cluster",
    fix: "List api, audit, authenticator, controllerManager and scheduler in enabled_cluster_log_types",
    check: each(["aws_eks_cluster"], (cluster) => {
      const missing = kinds.filter((kind) => !cluster.texts("enabled_cluster_log_types").includes(kind));
      return missing.length === 0 ? undefined : `it does not log ${missing.join(", ")}`;
    }),
  },
  "cluster-secrets": {
    title: "Kubernetes secrets are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_58", "AWS-0039", "CIS-EKS-5.3.1"],
    reason: "Secrets lie readable in etcd and its backups otherwise",
    fix: 'Add encryption_config with the resource "secrets" and a key',
    check: each(["aws_eks_cluster"], (cluster) =>
      cluster.texts("encryption_config.resources").includes("secrets") &&
      cluster.has("encryption_config.provider.key_arn")
        ? undefined
        : "its secrets are not encrypted with a key of ours",
    ),
  },
  "cluster-version": {
    title: "Every cluster runs a Kubernetes version in standard support",
    publicIds: ["CKV_AWS_339", "EKS.2"],
    reason: "Later, fixes stop, and the cluster costs six times as much",
    fix: "Raise layers.eks.version",
    check: mustBe("aws_eks_cluster", "version", ...versions),
  },
  "cluster-access": {
    title: "Who administers a cluster is listed, and whoever made it is not among them",
    publicIds: [],
    reason: "The creator's hidden access cannot be seen, reviewed or taken away",
    fix: 'Set access_config.authentication_mode to "API" and bootstrap_cluster_creator_admin_permissions to false',
    check: each(["aws_eks_cluster"], (cluster) =>
      cluster.is("access_config.authentication_mode", "API") &&
      cluster.is("access_config.bootstrap_cluster_creator_admin_permissions", false)
        ? undefined
        : "somebody may have access without an access entry",
    ),
  },
  "cluster-network-policy": {
    title: "Every cluster obeys network policies",
    publicIds: ["CIS-EKS-5.4.4"],
    reason: "Without them every pod reaches every other pod",
    fix: 'Set enableNetworkPolicy to "true" in the configuration of the vpc-cni add-on',
    check: mustHaveCompanion("aws_eks_cluster", {
      by: "aws_eks_addon",
      through: "cluster_name",
      where: obeysPolicies,
      without: "its network add-on ignores network policies",
    }),
  },
  "addon-version": {
    title: "The version of every add-on is fixed",
    publicIds: [],
    reason: "Otherwise the day of the apply decides what runs",
    fix: "Set addon_version",
    check: each(["aws_eks_addon"], (addon) =>
      addon.has("addon_version") ? undefined : "its version is not fixed",
    ),
  },
  "node-subnets": {
    title: "Nodes are in private subnets",
    publicIds: ["CIS-EKS-5.4.3"],
    reason: "A node that the internet can route to is one mistake away from being reached",
    fix: "List private subnets in subnet_ids",
    check: each(["aws_eks_node_group"], (nodes, synthesised) =>
      synthesised.targets(nodes, "subnet_ids").some((subnet) => isPublicSubnet(synthesised, subnet))
        ? "it is in a public subnet"
        : undefined,
    ),
  },
  "node-remote-access": {
    title: "Node groups do not open SSH",
    publicIds: ["CKV_AWS_100"],
    reason: "EKS opens port 22 to everywhere when a key pair is given without a source",
    fix: "Remove remote_access",
    check: each(["aws_eks_node_group"], (nodes) => (nodes.has("remote_access") ? "it opens SSH" : undefined)),
  },
});

const kinds = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

function obeysPolicies(addon: Resource): boolean {
  const configuration = readJson(addon.texts("configuration_values")[0] ?? "");
  if (!addon.is("addon_name", "vpc-cni") || typeof configuration !== "object" || configuration === null)
    return false;
  return "enableNetworkPolicy" in configuration && configuration.enableNetworkPolicy === "true";
}
