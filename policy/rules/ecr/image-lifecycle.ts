import { each } from "../../checks";
import { registries } from "../../registries";
import type { Rule } from "../../rule";

export const imageLifecycle: Rule = {
  id: "image-lifecycle",
  title: "Images that nobody needs any more are removed",
  publicIds: ["ECR.3"],
  reason: "Old images are paid for, and run again by mistake",
  fix: "Add an aws_ecr_lifecycle_policy, or lifecycle_policy to the template",
  check: each(registries, (registry, document) =>
    registry.has("lifecycle_policy") ||
    document.referring(registry, "aws_ecr_lifecycle_policy", "repository").length > 0
      ? undefined
      : "its images are kept for ever",
  ),
};
