import { each } from "../../checks";
import type { Rule } from "../../rule";

export const clusterAccess: Rule = {
  id: "cluster-access",
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
};
