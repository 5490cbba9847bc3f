import { z } from "zod";

/** Characters that most services allow in tags: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const allowed = "must consist of letters, digits, spaces and _ . : / = + - @";
/** The shortest limit of all services, EC2's: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Tag.html */
const longestKey = 127;
/** The shortest limit of all services: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-tags.html */
const longestValue = 255;
/** AWS allows 50 on a resource; the rest is for those of the layers, and of EKS on its nodes. */
const mostTags = 40;
/** Reserved in keys and values: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Tag.html */
const reservedByAws = /^(aws|rds):/i;
/**
 * By these, controllers of the cluster, GuardDuty and this product find what is theirs:
 * https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
 * https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/v1.64.0/pkg/driver/validation.go
 * https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/v1.64.0/docs/tagging.md
 */
const readByControllers = new RegExp(
  `^(${[
    "([\\w.-]+\\.)?(kubernetes|k8s)\\.io/",
    // The EBS CSI driver refuses every key that begins so.
    "kubernetes\\.io",
    "(ebs|efs)\\.csi\\.aws\\.com/",
    "elbv2\\.k8s\\.aws/",
    "(CSIVolumeName|CSIVolumeSnapshotName|KubernetesCluster|GuardDutyManaged|deletion-protection-off)$",
  ].join("|")})`,
  "i",
);

const tagPart = z
  .string()
  .min(1)
  .refine((text) => tagText.test(text), allowed)
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-tags.html
  .refine((text) => text.trim() === text, "must not begin or end with a space")
  .refine((text) => !reservedByAws.test(text), 'must not begin with "aws:" or "rds:", which AWS reserves');

/** Value of a tag; not empty: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Tag.html */
export const tagValue = tagPart.max(longestValue);

const tagKey = tagPart
  .max(longestKey)
  .refine(
    (key) => !readByControllers.test(key),
    "must not be a key by which controllers of the cluster find what is theirs",
  );

/** The EBS CSI driver splits a tag at its first equals sign: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/v1.64.0/docs/tagging.md */
const splitKey = tagKey.refine((key) => !key.includes("="), 'must not contain "="');

/** Keys of the tags that every layer sets. */
export const tagKeys = z.strictObject({
  environment: splitKey.default("environment").describe("Key of the tag with the name of the environment"),
  layer: tagKey.default("layer").describe("Key of the tag with the name of the layer"),
  customer: tagKey.default("customer").describe("Key of the tag with the value of `customer`"),
});

/** Tags by key, as every AWS service accepts them. */
export const resourceTags = z.record(tagKey, tagValue).superRefine((tags, context) => {
  const count = Object.keys(tags).length;
  if (count <= mostTags) return;
  const hint = `It must have at most ${mostTags}, because the layers add their own`;
  context.addIssue({ code: "custom", message: `has ${count} tags`, params: { hint } });
});
