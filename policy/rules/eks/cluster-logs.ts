import { each } from "../../checks";
import type { Rule } from "../../rule";

export const clusterLogs: Rule = {
  id: "cluster-logs",
  title: "The Kubernetes control plane logs everything it can",
  publicIds: ["CKV_AWS_37", "AWS-0038", "EKS.8", "CIS-EKS-2.1.1"],
  reason: "Only the audit log tells who changed what in the cluster",
  fix: "List api, audit, authenticator, controllerManager and scheduler in enabled_cluster_log_types",
  check: each(["aws_eks_cluster"], (cluster) => {
    const missing = kinds.filter((kind) => !cluster.texts("enabled_cluster_log_types").includes(kind));
    return missing.length === 0 ? undefined : `it does not log ${missing.join(", ")}`;
  }),
};

const kinds = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
