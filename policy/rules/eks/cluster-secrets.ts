import { each } from "../../checks";
import type { Rule } from "../../rule";

export const clusterSecrets: Rule = {
  id: "cluster-secrets",
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
};
