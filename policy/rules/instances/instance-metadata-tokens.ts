import { each } from "../../checks";
import type { Rule } from "../../rule";

export const instanceMetadataTokens: Rule = {
  id: "instance-metadata-tokens",
  title: "The metadata service of every instance demands a session token",
  publicIds: ["CKV_AWS_79", "AWS-0028", "AWS-0130", "EC2.8", "EC2.170"],
  reason: "Without tokens, a program that fetches a URL for a stranger hands out the instance's credentials",
  fix: 'Set metadata_options.http_tokens to "required"',
  check: each(["aws_instance", "aws_launch_template"], (resource) =>
    resource.is("metadata_options.http_tokens", "required")
      ? undefined
      : "its metadata service answers without a token",
  ),
};
