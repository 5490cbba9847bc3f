import type { Cases } from "../case";

export const ecrCases = {
  "image-tags": {
    passing: { aws_ecr_repository: { artefacts: { image_tag_mutability: "IMMUTABLE" } } },
    violating: { aws_ecr_repository_creation_template: { cache: { image_tag_mutability: "MUTABLE" } } },
  },
  "image-scan": {
    passing: { aws_ecr_repository: { artefacts: { image_scanning_configuration: { scan_on_push: true } } } },
    violating: { aws_ecr_repository: { artefacts: {} } },
  },
  "image-encryption": {
    passing: {
      aws_ecr_repository: {
        artefacts: { encryption_configuration: [{ encryption_type: "KMS", kms_key: "key" }] },
      },
    },
    violating: {
      aws_ecr_repository: { artefacts: { encryption_configuration: [{ encryption_type: "AES256" }] } },
    },
  },
  "cache-credentials-key": {
    passing: {
      aws_secretsmanager_secret: { docker: {} },
      aws_ecr_pull_through_cache_rule: {
        docker: { credential_arn: "${aws_secretsmanager_secret.docker.arn}" },
        quay: {},
      },
    },
    violating: {
      aws_secretsmanager_secret: { docker: { kms_key_id: "key" } },
      aws_secretsmanager_secret_version: {
        docker: { secret_id: "${aws_secretsmanager_secret.docker.arn}" },
      },
      aws_ecr_pull_through_cache_rule: {
        docker: { credential_arn: "${aws_secretsmanager_secret_version.docker.secret_id}" },
      },
    },
  },
  "image-lifecycle": {
    passing: {
      aws_ecr_repository: { artefacts: {} },
      aws_ecr_lifecycle_policy: { artefacts: { repository: "${aws_ecr_repository.artefacts.name}" } },
    },
    violating: { aws_ecr_repository: { artefacts: {} } },
  },
} satisfies Cases;
