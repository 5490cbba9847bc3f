import { each } from "../../checks";
import type { Rule } from "../../rule";

export const instanceMonitoring: Rule = {
  id: "instance-monitoring",
  title: "Instances report their metrics every minute",
  publicIds: ["CKV_AWS_126"],
  reason: "Five minutes are too long to see a node run out of CPU before its pods are evicted",
  fix: "Set monitoring to true",
  check: each(["aws_instance", "aws_launch_template"], (resource, document) => {
    if (resource.type === "aws_instance") return resource.is("monitoring", true) ? undefined : basic;
    const isForNodes = document.referring(resource, "aws_eks_node_group", "launch_template.id").length > 0;
    return isForNodes && !resource.is("monitoring.enabled", true) ? basic : undefined;
  }),
};

const basic = "its metrics come every five minutes only";
