import { each } from "../../checks";
import type { Rule } from "../../rule";

export const clusterEndpoint: Rule = {
  id: "cluster-endpoint",
  title: "The Kubernetes API answers within the VPC only",
  publicIds: ["CKV_AWS_38", "CKV_AWS_39", "AWS-0040", "AWS-0041", "EKS.1", "CIS-EKS-5.4.1", "CIS-EKS-5.4.2"],
  reason: "A flaw in the API server must not be within everybody's reach",
  fix: "Set vpc_config.endpoint_private_access to true and endpoint_public_access to false",
  check: each(["aws_eks_cluster"], (cluster) =>
    cluster.is("vpc_config.endpoint_private_access", true) &&
    cluster.is("vpc_config.endpoint_public_access", false)
      ? undefined
      : "its API answers outside the VPC, or not within",
  ),
};
