import { each } from "../../checks";
import type { Rule } from "../../rule";

export const instanceManaged: Rule = {
  id: "instance-managed",
  title: "Every instance is managed by Systems Manager",
  publicIds: ["SSM.1"],
  reason: "Otherwise nobody can patch it, nor open a recorded session on it",
  fix: "Attach AmazonSSMManagedInstanceCore to the role of the instance's profile",
  check: each(["aws_instance"], (instance, document) => {
    const roles = document
      .targets(instance, "iam_instance_profile")
      .flatMap((profile) =>
        profile.type === "aws_iam_instance_profile" ? document.targets(profile, "role") : [profile],
      );
    const policies = roles
      .flatMap((role) => document.referring(role, "aws_iam_role_policy_attachment", "role"))
      .flatMap((attachment) => attachment.texts("policy_arn"));
    return policies.some((arn) => arn.endsWith("/AmazonSSMManagedInstanceCore"))
      ? undefined
      : "its role does not let Systems Manager reach it";
  }),
};
