import { each } from "../../checks";
import { registries } from "../../registries";
import type { Rule } from "../../rule";

export const imageTags: Rule = {
  id: "image-tags",
  title: "A tag of an image always means the same image",
  publicIds: ["CKV_AWS_51", "AWS-0031", "ECR.2"],
  reason: "Whoever can push could replace what runs",
  fix: "Set image_tag_mutability to IMMUTABLE",
  check: each(registries, (registry) =>
    registry.is("image_tag_mutability", "IMMUTABLE") ? undefined : "its tags can be moved",
  ),
};
