import type { Attributes, Behaviour, Context } from "../../engine/behaviour";
import { textOf } from "../../engine/read-value";
import { uuidFrom } from "../../cloud/digest";
import { arn, globalArn } from "./arn";
import { twin } from "./lookup";
import { nameFrom, put, type Behaviours } from "./naming";

/** WAF and Shield. */
export const waf: Behaviours = {
  aws_wafv2_web_acl: wafObject("webacl", () => ({ capacity: 700, application_integration_url: "" })),
  aws_wafv2_rule_group: wafObject("rulegroup"),
  aws_wafv2_ip_set: wafObject("ipset"),
  aws_wafv2_regex_pattern_set: wafObject("regexpatternset"),
  aws_wafv2_web_acl_association: {
    ...put,
    id: ({ web_acl_arn, resource_arn }) => `${textOf(web_acl_arn) ?? ""},${textOf(resource_arn) ?? ""}`,
    check: (planned, context) =>
      twin(planned, context, ["resource_arn"])
        ? `WAFInvalidOperationException: ${textOf(planned.resource_arn) ?? ""} already has a web ACL`
        : undefined,
  },
  aws_wafv2_web_acl_logging_configuration: { ...put, id: ({ resource_arn }) => textOf(resource_arn) ?? "" },
  aws_shield_protection: {
    id: (_planned, { hash }) => uuidFrom(hash("id", 32)),
    check: (planned, context) =>
      twin(planned, context, ["resource_arn"])
        ? "ResourceAlreadyExistsException: The referenced protection already exists"
        : undefined,
    computed: (_planned, context) => ({ arn: globalArn(context, "shield", `protection/${context.id}`) }),
  },
};

/** Web ACLs, rule groups and sets: a UUID, and a name that is unique in its scope. */
function wafObject(kind: string, more?: () => Attributes): Behaviour {
  return {
    id: (_planned, { hash }) => uuidFrom(hash("id", 32)),
    check: (planned, context) =>
      typeof planned.name === "string" && twin(planned, context, ["name", "scope"])
        ? `WAFDuplicateItemException: AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one (${planned.name})`
        : undefined,
    computed: (planned, context) => ({
      arn: wafArn(kind, planned, context),
      name: nameFrom("name")(planned, context),
      lock_token: uuidFrom(context.hash("lock token", 32)),
      ...more?.(),
    }),
  };
}

function wafArn(kind: string, planned: Attributes, context: Context): string {
  const scope = planned.scope === "CLOUDFRONT" ? "global" : "regional";
  return arn(context, "wafv2", `${scope}/${kind}/${nameFrom("name")(planned, context)}/${context.id}`);
}
