import { each } from "../../checks";
import type { Rule } from "../../rule";

export const instancePublicAddress: Rule = {
  id: "instance-public-address",
  title: "No instance has a public address",
  publicIds: ["CKV_AWS_88", "EC2.9", "EC2.25"],
  reason: "What has no address on the internet cannot be connected to from there",
  fix: "Set associate_public_ip_address to false",
  check: each(["aws_instance", "aws_launch_template"], (resource) => {
    const isSafe =
      resource.type === "aws_instance"
        ? resource.is("associate_public_ip_address", false)
        : !resource.texts("network_interfaces.associate_public_ip_address").includes("true");
    return isSafe ? undefined : "it may get a public address";
  }),
};
