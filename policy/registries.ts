/** Repositories, and what those get that ECR makes by itself for cached images. */
export const registries: readonly string[] = ["aws_ecr_repository", "aws_ecr_repository_creation_template"];
