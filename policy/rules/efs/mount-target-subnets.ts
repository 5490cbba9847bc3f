import { each } from "../../checks";
import type { Rule } from "../../rule";
import { isPublicSubnet } from "../../subnets";

export const mountTargetSubnets: Rule = {
  id: "mount-target-subnets",
  title: "Mount targets are in private subnets",
  publicIds: ["EFS.6"],
  reason: "Files are for the nodes beside them",
  fix: "Set subnet_id to a private subnet",
  check: each(["aws_efs_mount_target"], (target, document) =>
    document.targets(target, "subnet_id").some((subnet) => isPublicSubnet(document, subnet))
      ? "it is in a public subnet"
      : undefined,
  ),
};
