import { allPages, awsCall, sent } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { dependents, type Retained } from "../../lib/layer/retained";
import { question, type Question } from "../../lib/layer/survey";

/** Asks for the repositories that ECR created for cached images, which it keeps when the rules are gone. */
export function repositoriesQuestion({ region }: Environment, prefixes: readonly string[]): Question {
  return question({
    about: "repositories of cached images",
    call: allPages(awsCall("ecr", "DescribeRepositories", {}), "repositories"),
    actions: ["ecr:DescribeRepositories"],
    finding: ({ repositories }) => {
      const names = sent(repositories, "repositories").map(({ repositoryName = "" }) => repositoryName);
      const left = names.filter((name) => prefixes.some((prefix) => name.startsWith(`${prefix}/`)));
      if (left.length === 0) return undefined;
      const remove = `aws ecr delete-repository --force --region ${region} --repository-name`;
      return `Repositories of cached images are left: ${left.join(", ")}; to delete each, run: ${remove} <name>`;
    },
  });
}

/** The key of the cached images, while repositories have it: a new environment would pull from them, and could not. */
export function retainedImageKey({ region }: Environment): Retained {
  const address = "aws_kms_key.key";
  return {
    address,
    what: "The key for copies of public images, about 1 USD a month",
    dependents: ({ [address]: keyArn }) => [
      dependents({
        about: "repositories of cached images",
        call: allPages(awsCall("ecr", "DescribeRepositories", {}), "repositories"),
        actions: ["ecr:DescribeRepositories"],
        // Set once: https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
        found: ({ repositories = [] }) =>
          repositories
            .filter(({ encryptionConfiguration }) => encryptionConfiguration?.kmsKey === keyArn)
            .map(({ repositoryName = "" }) => `repository "${repositoryName}"`),
      }),
    ],
    removal: (arn) => `aws kms schedule-key-deletion --region ${region} --key-id ${arn}`,
  };
}
