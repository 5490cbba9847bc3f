import { z } from "zod";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Question } from "../../lib/layer/survey";

const repositories = z.object({ repositories: z.array(z.object({ repositoryName: z.string() })) });

/** Asks for the repositories that ECR made for cached images, which it keeps when the rules are gone. */
export function repositoriesQuestion({ region }: Environment, prefixes: readonly string[]): Question {
  return {
    about: "repositories of cached images",
    words: ["ecr", "describe-repositories"],
    actions: ["ecr:DescribeRepositories"],
    tell: (answer) => {
      const names = repositories.parse(answer).repositories.map(({ repositoryName }) => repositoryName);
      const left = names.filter((name) => prefixes.some((prefix) => name.startsWith(`${prefix}/`)));
      if (left.length === 0) return undefined;
      const remove = `aws ecr delete-repository --force --region ${region} --repository-name`;
      return `Repositories of cached images are left: ${left.join(", ")}; to delete each, run: ${remove} <name>`;
    },
  };
}
