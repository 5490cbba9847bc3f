import { each } from "../../checks";
import type { Rule } from "../../rule";

export const instanceMetadataHops: Rule = {
  id: "instance-metadata-hops",
  title: "The metadata service of every instance answers the instance alone",
  publicIds: ["CKV_AWS_341"],
  reason: "A second hop lets containers take the node's credentials",
  fix: "Set metadata_options.http_put_response_hop_limit to 1",
  check: each(["aws_instance", "aws_launch_template"], (resource) =>
    resource.is("metadata_options.http_put_response_hop_limit", 1)
      ? undefined
      : "containers reach its metadata service",
  ),
};
