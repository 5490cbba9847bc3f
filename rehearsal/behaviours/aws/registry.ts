import type { Behaviour, Context } from "../../engine/behaviour";
import { textOf } from "../../engine/read-value";
import { arn, endpointDomain } from "./arn";
import { put, type Behaviours } from "./naming";
import { validateJson } from "./policy-json";

/** ECR. */
export const registry: Behaviours = {
  aws_ecr_repository: {
    id: ({ name }) => textOf(name) ?? "",
    computed: ({ name }, context) => ({
      arn: arn(context, "ecr", `repository/${textOf(name) ?? ""}`),
      registry_id: context.account,
      repository_url: `${registryHost(context)}/${textOf(name) ?? ""}`,
    }),
  },
  aws_ecr_lifecycle_policy: inRegistry("repository", { ...put, validate: validateJson("policy") }),
  aws_ecr_repository_policy: inRegistry("repository", { ...put, validate: validateJson("policy") }),
  aws_ecr_pull_through_cache_rule: inRegistry("ecr_repository_prefix"),
  aws_ecr_repository_creation_template: inRegistry("prefix"),
  aws_ecr_registry_policy: { ...put, ...inRegistry(""), id: (_planned, { account }) => account },
};

const registryHost = (context: Context): string =>
  `${context.account}.dkr.ecr.${context.region}.${endpointDomain(context)}`;

function inRegistry(key: string, more: Behaviour = {}): Behaviour {
  return {
    ...more,
    id: (planned) => textOf(planned[key]) ?? "",
    computed: (_planned, { account }) => ({ registry_id: account }),
  };
}
