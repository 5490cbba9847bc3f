import { each, mustBe } from "../checks";
import { hasCustomerKey } from "../customer-key";
import { rules } from "../rule";

/** Repositories, and the template of those that ECR creates for cached images. */
const registries: readonly string[] = ["aws_ecr_repository", "aws_ecr_repository_creation_template"];

/** Rules about container registries. */
export const ecrRules = rules({
  "image-tags": {
    title: "Image tags are immutable",
    publicIds: ["CKV_AWS_51", "AWS-0031", "ECR.2"],
    reason: "Otherwise a principal that can push images can replace an image that is in use",
    fix: "Set image_tag_mutability to IMMUTABLE",
    check: each(registries, (registry) =>
      registry.is("image_tag_mutability", "IMMUTABLE") ? undefined : "its tags are mutable",
    ),
  },
  "image-scan": {
    title: "Images are scanned when they are pushed",
    publicIds: ["CKV_AWS_163", "AWS-0030", "ECR.1"],
    reason: "Known vulnerabilities are found before an image runs",
    fix: "Set image_scanning_configuration.scan_on_push to true",
    check: mustBe("aws_ecr_repository", "image_scanning_configuration.scan_on_push", true),
  },
  "image-encryption": {
    title: "Images are encrypted with a customer-managed key",
    publicIds: ["CKV_AWS_136", "AWS-0033"],
    reason: "Reading them then also requires access to the key",
    fix: "Set encryption_configuration with the type KMS and a key",
    check: each(registries, (registry) =>
      registry.is("encryption_configuration.encryption_type", "KMS") &&
      hasCustomerKey(registry.given, "encryption_configuration.kms_key")
        ? undefined
        : "it is not encrypted with a customer-managed key",
    ),
  },
  "cache-credentials-key": {
    title: "Credentials of cached registries are encrypted with the default key of Secrets Manager",
    publicIds: [],
    reason:
      "ECR cannot read them otherwise: https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-secret.html",
    fix: "Remove kms_key_id from the secret in credential_arn",
    check: each(["aws_ecr_pull_through_cache_rule"], (rule, synthesised) =>
      synthesised.targets(rule, "credential_arn").some((secret) => secret.has("kms_key_id"))
        ? "its credentials are encrypted with a customer-managed key"
        : undefined,
    ),
  },
  "image-lifecycle": {
    title: "Unused images expire",
    publicIds: ["ECR.3"],
    reason: "Old images are paid for, and may be deployed by mistake",
    fix: "Add an aws_ecr_lifecycle_policy, or lifecycle_policy to the template",
    check: each(registries, (registry, synthesised) =>
      registry.has("lifecycle_policy") ||
      synthesised.referring(registry, "aws_ecr_lifecycle_policy", "repository").length > 0
        ? undefined
        : "its images never expire",
    ),
  },
});
