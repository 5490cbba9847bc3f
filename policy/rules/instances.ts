import { each, mustBe } from "../checks";
import { credentialIn } from "../credentials";
import { hasCustomerKey } from "../customer-key";
import { rules } from "../rule";
import type { SynthesisedJson } from "../../synthesis/environment";
import { type Resource, textsAt } from "../../synthesis/resource";

/** Rules about instances and their volumes. */
export const instancesRules = rules({
  "instance-metadata-tokens": {
    title: "The metadata service of every instance requires a session token",
    publicIds: ["CKV_AWS_79", "AWS-0028", "AWS-0130", "EC2.8", "EC2.170"],
    reason: "Without tokens, server-side request forgery discloses the instance's credentials",
    fix: 'Set metadata_options.http_tokens to "required"',
    check: each(["aws_instance", "aws_launch_template"], (resource) =>
      resource.is("metadata_options.http_tokens", "required")
        ? undefined
        : "its metadata service does not require a token",
    ),
  },
  "instance-metadata-hops": {
    title: "The metadata service of every instance is reachable from the instance only",
    publicIds: ["CKV_AWS_341"],
    reason: "A second hop lets containers obtain the node's credentials",
    fix: "Set metadata_options.http_put_response_hop_limit to 1",
    check: each(["aws_instance", "aws_launch_template"], (resource) =>
      resource.is("metadata_options.http_put_response_hop_limit", 1)
        ? undefined
        : "containers can reach its metadata service",
    ),
  },
  "volumes-encrypted": {
    title: "Every volume of an instance is encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_8", "AWS-0008", "AWS-0131", "EC2.181"],
    reason: "Otherwise anyone with a copy of a snapshot can read it",
    fix: "Set encrypted and kms_key_id of the volume",
    check: each(["aws_instance", "aws_launch_template", "aws_ebs_volume"], (resource, synthesised) => {
      const volumes = volumesOf(resource, synthesised);
      if (volumes.length === 0) return "its root volume is configured by the image only";
      const open = volumes.some(
        (volume) => textsAt(volume, "encrypted")[0] !== "true" || !hasCustomerKey(volume, "kms_key_id"),
      );
      return open ? "a volume is not encrypted with a customer-managed key" : undefined;
    }),
  },
  "instance-monitoring": {
    title: "Detailed monitoring of instances is enabled",
    publicIds: ["CKV_AWS_126"],
    reason:
      "Metrics at five-minute intervals show a node that runs out of CPU only after its pods are evicted",
    fix: "Set monitoring to true",
    check: each(["aws_instance", "aws_launch_template"], (resource, synthesised) => {
      if (resource.type === "aws_instance") return resource.is("monitoring", true) ? undefined : basic;
      const isForNodes =
        synthesised.referring(resource, "aws_eks_node_group", "launch_template.id").length > 0;
      return isForNodes && !resource.is("monitoring.enabled", true) ? basic : undefined;
    }),
  },
  "instance-ebs-optimised": {
    title: "Instances are EBS-optimised",
    publicIds: ["CKV_AWS_135"],
    reason: "Otherwise volume traffic slows down network traffic",
    fix: "Set ebs_optimized to true",
    check: mustBe("aws_instance", "ebs_optimized", true),
  },
  "instance-role": {
    title: "Every instance has an IAM role",
    publicIds: ["CKV2_AWS_41"],
    reason: "Without a role, programs on the instance need long-lived access keys",
    fix: "Set iam_instance_profile",
    check: each(["aws_instance"], (instance) =>
      instance.has("iam_instance_profile") ? undefined : "it has no IAM role",
    ),
  },
  "instance-public-address": {
    title: "No instance has a public address",
    publicIds: ["CKV_AWS_88", "EC2.9", "EC2.25"],
    reason: "An instance without a public address accepts no connections from the internet",
    fix: "Set associate_public_ip_address to false",
    check: each(["aws_instance", "aws_launch_template"], (resource) => {
      const isSafe =
        resource.type === "aws_instance"
          ? resource.is("associate_public_ip_address", false)
          : !resource.texts("network_interfaces.associate_public_ip_address").includes("true");
      return isSafe ? undefined : "it may get a public address";
    }),
  },
  "instance-key-pair": {
    title: "No instance has an SSH key pair",
    publicIds: [],
    reason: "Key pairs are shared, rarely rotated and leave no audit record; Session Manager replaces them",
    fix: "Remove key_name",
    check: each(["aws_instance", "aws_launch_template"], (resource) =>
      resource.has("key_name") ? "it has a key pair" : undefined,
    ),
  },
  "instance-managed": {
    title: "Every instance is managed by Systems Manager",
    publicIds: ["SSM.1"],
    reason: "Otherwise it cannot be patched, and no logged session can be opened on it",
    fix: "Attach AmazonSSMManagedInstanceCore to the role of the instance's profile",
    check: each(["aws_instance"], (instance, synthesised) => {
      const roles = synthesised
        .targets(instance, "iam_instance_profile")
        .flatMap((profile) =>
          profile.type === "aws_iam_instance_profile" ? synthesised.targets(profile, "role") : [profile],
        );
      const policies = roles
        .flatMap((role) => synthesised.referring(role, "aws_iam_role_policy_attachment", "role"))
        .flatMap((attachment) => attachment.texts("policy_arn"));
      return policies.some((arn) => arn.endsWith("/AmazonSSMManagedInstanceCore"))
        ? undefined
        : "its role does not allow Systems Manager to manage it";
    }),
  },
  "user-data-credentials": {
    title: "No user data contains credentials",
    publicIds: ["CKV_AWS_46", "AWS-0029", "AWS-0129"],
    reason:
      "Every program on the instance can read its user data, and so can everyone who can read the state",
    fix: "Read the value from Secrets Manager when the instance starts",
    check: each(["aws_instance", "aws_launch_template", "aws_launch_configuration"], (resource) => {
      const texts = [...resource.texts("user_data"), ...resource.texts("user_data_base64")];
      const [found] = texts.flatMap((text) => credentialIn(text) ?? []);
      return found === undefined ? undefined : `it contains ${found}`;
    }),
  },
  "account-volumes-encrypted": {
    title: "EBS encryption by default is not disabled",
    publicIds: ["CKV_AWS_106", "EC2.7"],
    reason: "It also covers volumes that are created outside this repository",
    fix: "Set enabled to true in aws_ebs_encryption_by_default",
    check: each(["aws_ebs_encryption_by_default"], (resource) =>
      resource.is("enabled", false) ? "it disables encryption by default" : undefined,
    ),
  },
});

function volumesOf(resource: Resource, synthesised: SynthesisedJson): readonly unknown[] {
  if (resource.type === "aws_ebs_volume") return [resource.given];
  const own = [
    ...resource.values("root_block_device"),
    ...resource.values("ebs_block_device"),
    ...resource.values("block_device_mappings.ebs"),
  ];
  const template = synthesised.targets(resource, "launch_template.id");
  return [...own, ...template.flatMap((found) => found.values("block_device_mappings.ebs"))];
}

const basic = "its metrics are reported at five-minute intervals";
