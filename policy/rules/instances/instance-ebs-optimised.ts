import { mustBe } from "../../checks";
import type { Rule } from "../../rule";

export const instanceEbsOptimised: Rule = {
  id: "instance-ebs-optimised",
  title: "Instances do not share the network with their disks",
  publicIds: ["CKV_AWS_135"],
  reason: "Disk traffic would slow down everything else",
  fix: "Set ebs_optimized to true",
  check: mustBe("aws_instance", "ebs_optimized", true),
};
