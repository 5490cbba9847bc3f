import { aTime, notThere, ok } from "./answers";
import type { Filler, Members, Place } from "./filler";
import { Shelf } from "./shelf";

/** ECR's pull-through caches and templates of repositories. */
export function ecr({ account: registryId }: Place): Filler {
  const noRule = notThere("PullThroughCacheRuleNotFoundException", 400);
  const noTemplate = notThere("TemplateNotFoundException", 400);
  const rules = new Shelf(noRule);
  const templates = new Shelf(noTemplate);
  const chosen = (all: Shelf, names: readonly string[] | undefined) =>
    all.entries.filter(([name]) => names?.includes(name) ?? true).map(([, object]) => object);
  const asTemplate = (repositoryCreationTemplate: Members) => ({ registryId, repositoryCreationTemplate });

  return {
    service: "ecr",
    types: ["aws_ecr_pull_through_cache_rule", "aws_ecr_repository_creation_template"],
    held: () => [...rules.keys(), ...templates.keys()],
    answers: {
      CreatePullThroughCacheRule(asked) {
        const rule = { ...asked.params, registryId, createdAt: aTime, updatedAt: aTime };
        return ok(rules.put(asked.text("ecrRepositoryPrefix"), rule));
      },
      DescribePullThroughCacheRules(asked) {
        const pullThroughCacheRules = chosen(rules, asked.texts("ecrRepositoryPrefixes"));
        return pullThroughCacheRules.length > 0 ? ok({ pullThroughCacheRules }) : noRule;
      },
      DeletePullThroughCacheRule: (asked) => rules.take(asked.text("ecrRepositoryPrefix"), (rule) => rule),
      CreateRepositoryCreationTemplate(asked) {
        const template = { ...asked.params, createdAt: aTime, updatedAt: aTime };
        return ok(asTemplate(templates.put(asked.text("prefix"), template)));
      },
      DescribeRepositoryCreationTemplates(asked) {
        const repositoryCreationTemplates = chosen(templates, asked.texts("prefixes"));
        return repositoryCreationTemplates.length > 0
          ? ok({ registryId, repositoryCreationTemplates })
          : noTemplate;
      },
      DeleteRepositoryCreationTemplate: (asked) => templates.take(asked.text("prefix"), asTemplate),
    },
  };
}
