import { each } from "../../checks";
import type { Rule } from "../../rule";

export const accountVolumesEncrypted: Rule = {
  id: "account-volumes-encrypted",
  title: "Where disks are encrypted by default, they stay so",
  publicIds: ["EC2.7"],
  reason: "It is the net under everything that is made outside this repository",
  fix: "Set enabled to true in aws_ebs_encryption_by_default",
  check: each(["aws_ebs_encryption_by_default"], (resource) =>
    resource.is("enabled", false) ? "it switches encryption by default off" : undefined,
  ),
};
