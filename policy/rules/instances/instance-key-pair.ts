import { each } from "../../checks";
import type { Rule } from "../../rule";

export const instanceKeyPair: Rule = {
  id: "instance-key-pair",
  title: "No instance accepts an SSH key pair",
  publicIds: [],
  reason: "Key pairs are shared, never rotated and leave no record; sessions go through Systems Manager",
  fix: "Remove key_name",
  check: each(["aws_instance", "aws_launch_template"], (resource) =>
    resource.has("key_name") ? "it accepts a key pair" : undefined,
  ),
};
