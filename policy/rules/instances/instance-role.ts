import { each } from "../../checks";
import type { Rule } from "../../rule";

export const instanceRole: Rule = {
  id: "instance-role",
  title: "Every instance has an IAM role",
  publicIds: ["CKV2_AWS_41"],
  reason: "Without a role, somebody will put long-lived keys on it",
  fix: "Set iam_instance_profile",
  check: each(["aws_instance"], (instance) =>
    instance.has("iam_instance_profile") ? undefined : "it has no IAM role",
  ),
};
