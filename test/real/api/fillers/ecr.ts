import { aTime, type Filler, found, notThere, ok, type Params, type Place } from "./filler";

/** ECR's pull-through caches and templates of repositories. */
export function ecr({ account: registryId }: Place): Filler {
  const rules = new Map<string, Params>();
  const templates = new Map<string, Params>();
  const noRule = notThere("PullThroughCacheRuleNotFoundException", 400);
  const noTemplate = notThere("TemplateNotFoundException", 400);
  const chosen = (all: ReadonlyMap<string, Params>, names: readonly string[] | undefined) => {
    const some = [...all].filter(([name]) => names?.includes(name) ?? true).map(([, object]) => object);
    return some.length > 0 ? some : undefined;
  };
  const taken = (all: Map<string, Params>, name: string) => {
    const object = all.get(name);
    all.delete(name);
    return object;
  };

  return {
    service: "ecr",
    types: ["aws_ecr_pull_through_cache_rule", "aws_ecr_repository_creation_template"],
    held: () => [...rules.keys(), ...templates.keys()],
    answers: {
      CreatePullThroughCacheRule({ params }) {
        const rule = { ...params, registryId, createdAt: aTime, updatedAt: aTime };
        rules.set(params.ecrRepositoryPrefix, rule);
        return ok(rule);
      },
      DescribePullThroughCacheRules: ({ params }) =>
        found(
          chosen(rules, params.ecrRepositoryPrefixes),
          (pullThroughCacheRules) => ({ pullThroughCacheRules }),
          noRule,
        ),
      UpdatePullThroughCacheRule({ params }) {
        const rule = { ...rules.get(params.ecrRepositoryPrefix), ...params };
        rules.set(params.ecrRepositoryPrefix, rule);
        return ok(rule);
      },
      DeletePullThroughCacheRule: ({ params }) =>
        found(taken(rules, params.ecrRepositoryPrefix), (rule) => rule, noRule),
      CreateRepositoryCreationTemplate({ params }) {
        const repositoryCreationTemplate = { ...params, createdAt: aTime, updatedAt: aTime };
        templates.set(params.prefix, repositoryCreationTemplate);
        return ok({ registryId, repositoryCreationTemplate });
      },
      UpdateRepositoryCreationTemplate({ params }) {
        const repositoryCreationTemplate = { ...templates.get(params.prefix), ...params };
        templates.set(params.prefix, repositoryCreationTemplate);
        return ok({ registryId, repositoryCreationTemplate });
      },
      DescribeRepositoryCreationTemplates: ({ params }) =>
        found(
          chosen(templates, params.prefixes),
          (repositoryCreationTemplates) => ({ registryId, repositoryCreationTemplates }),
          noTemplate,
        ),
      DeleteRepositoryCreationTemplate: ({ params }) =>
        found(
          taken(templates, params.prefix),
          (repositoryCreationTemplate) => ({ registryId, repositoryCreationTemplate }),
          noTemplate,
        ),
    },
  };
}
