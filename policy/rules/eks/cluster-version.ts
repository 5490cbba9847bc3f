import { versions } from "../../../modules/eks/cluster/versions";
import { mustBe } from "../../checks";
import type { Rule } from "../../rule";

export const clusterVersion: Rule = {
  id: "cluster-version",
  title: "Every cluster runs a Kubernetes version in standard support",
  publicIds: ["CKV_AWS_339", "EKS.2"],
  reason: "Later, fixes stop, and the cluster costs six times as much",
  fix: "Raise layers.eks.version",
  check: mustBe("aws_eks_cluster", "version", ...versions),
};
