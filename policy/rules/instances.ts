import { each, mustBe } from "../checks";
import { rules } from "../rule";
import { readJson } from "../statements";
import type { SynthesisedJson } from "../../synthesis/environment";
import { type Resource, textsAt } from "../../synthesis/resource";

/** Rules about instances and their disks. */
export const instancesRules = rules({
  "instance-metadata-tokens": {
    title: "The metadata service of every instance demands a session token",
    publicIds: ["CKV_AWS_79", "AWS-0028", "AWS-0130", "EC2.8", "EC2.170"],
    reason:
      "Without tokens, a program that fetches a URL for a stranger hands out the instance's credentials",
    fix: 'Set metadata_options.http_tokens to "required"',
    check: each(["aws_instance", "aws_launch_template"], (resource) =>
      resource.is("metadata_options.http_tokens", "required")
        ? undefined
        : "its metadata service answers without a token",
    ),
  },
  "instance-metadata-hops": {
    title: "The metadata service of every instance answers the instance alone",
    publicIds: ["CKV_AWS_341"],
    reason: "A second hop lets containers take the node's credentials",
    fix: "Set metadata_options.http_put_response_hop_limit to 1",
    check: each(["aws_instance", "aws_launch_template"], (resource) =>
      resource.is("metadata_options.http_put_response_hop_limit", 1)
        ? undefined
        : "containers reach its metadata service",
    ),
  },
  "volumes-encrypted": {
    title: "Every disk of an instance is encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_8", "AWS-0008", "AWS-0131", "EC2.181"],
    reason: "Snapshots and discarded disks are readable by whoever gets hold of them",
    fix: "Set encrypted and kms_key_id of the disk",
    check: each(["aws_instance", "aws_launch_template", "aws_ebs_volume"], (resource, synthesised) => {
      const disks = disksOf(resource, synthesised);
      if (disks.length === 0) return "its root disk is as the image has it";
      const open = disks.some(
        (disk) => textsAt(disk, "encrypted")[0] !== "true" || textsAt(disk, "kms_key_id").length === 0,
      );
      return open ? "a disk is not encrypted with a customer-managed key" : undefined;
    }),
  },
  "instance-monitoring": {
    title: "Instances report their metrics every minute",
    publicIds: ["CKV_AWS_126"],
    reason: "Five minutes are too long to see a node run out of CPU before its pods are evicted",
    fix: "Set monitoring to true",
    check: each(["aws_instance", "aws_launch_template"], (resource, synthesised) => {
      if (resource.type === "aws_instance") return resource.is("monitoring", true) ? undefined : basic;
      const isForNodes =
        synthesised.referring(resource, "aws_eks_node_group", "launch_template.id").length > 0;
      return isForNodes && !resource.is("monitoring.enabled", true) ? basic : undefined;
    }),
  },
  "instance-ebs-optimised": {
    title: "Instances do not share the network with their disks",
    publicIds: ["CKV_AWS_135"],
    reason: "Disk traffic would slow down everything else",
    fix: "Set ebs_optimized to true",
    check: mustBe("aws_instance", "ebs_optimized", true),
  },
  "instance-role": {
    title: "Every instance has an IAM role",
    publicIds: ["CKV2_AWS_41"],
    reason: "Without a role, somebody will put long-lived keys on it",
    fix: "Set iam_instance_profile",
    check: each(["aws_instance"], (instance) =>
      instance.has("iam_instance_profile") ? undefined : "it has no IAM role",
    ),
  },
  "instance-public-address": {
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
  },
  "instance-key-pair": {
    title: "No instance accepts an SSH key pair",
    publicIds: [],
    reason: "Key pairs are shared, never rotated and leave no record; sessions go through Systems Manager",
    fix: "Remove key_name",
    check: each(["aws_instance", "aws_launch_template"], (resource) =>
      resource.has("key_name") ? "it accepts a key pair" : undefined,
    ),
  },
  "instance-managed": {
    title: "Every instance is managed by Systems Manager",
    publicIds: ["SSM.1"],
    reason: "Otherwise nobody can patch it, nor open a recorded session on it",
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
        : "its role does not let Systems Manager reach it";
    }),
  },
  "session-document-private": {
    title: "No Systems Manager document is public",
    publicIds: ["SSM.4"],
    reason: "Documents tell strangers how machines are run",
    fix: "Remove permissions, or list accounts in them",
    check: each(["aws_ssm_document"], (document) =>
      document.texts("permissions.account_ids").some((ids) => /\ball\b/i.test(ids))
        ? "every account may read it"
        : undefined,
    ),
  },
  "session-encrypted": {
    title: "Sessions on instances are encrypted with our own key",
    publicIds: ["CKV_AWS_112"],
    reason: "A session shows what an operator types, passwords included",
    fix: "Set inputs.kmsKeyId in the content of the session document",
    check: each(["aws_ssm_document"], (document) => {
      const inputs = sessionInputs(document);
      return inputs === undefined || inputs["kmsKeyId"]
        ? undefined
        : "sessions are not encrypted with a key of ours";
    }),
  },
  "session-logged": {
    title: "Sessions on instances are recorded, encrypted",
    publicIds: ["CKV_AWS_113"],
    reason: "What operators did on a machine must be known afterwards, and by few",
    fix: "Set inputs.cloudWatchLogGroupName and cloudWatchEncryptionEnabled (or their S3 counterparts) in the content of the session document",
    check: each(["aws_ssm_document"], (document) => {
      const inputs = sessionInputs(document);
      if (inputs === undefined) return undefined;
      const toLog = inputs["cloudWatchLogGroupName"] && inputs["cloudWatchEncryptionEnabled"] === true;
      const toBucket = inputs["s3BucketName"] && inputs["s3EncryptionEnabled"] === true;
      return toLog || toBucket ? undefined : "sessions are not recorded, or not encrypted where they are";
    }),
  },
  "account-volumes-encrypted": {
    title: "Where disks are encrypted by default, they stay so",
    publicIds: ["EC2.7"],
    reason: "It is the net under everything that is made outside this repository",
    fix: "Set enabled to true in aws_ebs_encryption_by_default",
    check: each(["aws_ebs_encryption_by_default"], (resource) =>
      resource.is("enabled", false) ? "it switches encryption by default off" : undefined,
    ),
  },
});

function disksOf(resource: Resource, synthesised: SynthesisedJson): readonly unknown[] {
  if (resource.type === "aws_ebs_volume") return [resource.given];
  const own = [
    ...resource.values("root_block_device"),
    ...resource.values("ebs_block_device"),
    ...resource.values("block_device_mappings.ebs"),
  ];
  const template = synthesised.targets(resource, "launch_template.id");
  return [...own, ...template.flatMap((found) => found.values("block_device_mappings.ebs"))];
}

const basic = "its metrics come every five minutes only";

/** The preferences for sessions that a Systems Manager document states; undefined when it is about something else. */
function sessionInputs(document: Resource): Readonly<Record<string, unknown>> | undefined {
  if (!document.is("document_type", "Session")) return undefined;
  const [content = "{}"] = document.texts("content");
  const parsed = readJson(content);
  if (typeof parsed !== "object" || parsed === null || !("inputs" in parsed)) return {};
  // Inputs of a session document are an object: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html
  return parsed.inputs as Readonly<Record<string, unknown>>;
}
