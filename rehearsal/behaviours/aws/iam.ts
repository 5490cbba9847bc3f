import type { Context } from "../../engine/behaviour";
import { textOf } from "../../engine/read-value";
import { digest } from "../../cloud/digest";
import { globalArn } from "./arn";
import { named, nameFrom, put, type Behaviours } from "./naming";
import { validateJson } from "./policy-json";

const created = "2025-01-01T00:00:00Z";

const uniqueId = (kind: string, context: Context): string =>
  `${kind}${context.hash("unique", 17).toUpperCase()}`;

const atPath = (path: unknown, name: string): string => `${textOf(path) ?? "/"}${name}`;

/** IAM: roles, policies, profiles and identity providers. */
export const iam: Behaviours = {
  aws_iam_role: named((name, context) => globalArn(context, "iam", `role/${name}`), {
    validate: validateJson("assume_role_policy"),
    computed: ({ path }, context) => ({
      arn: globalArn(context, "iam", `role${atPath(path, context.id)}`),
      unique_id: uniqueId("AROA", context),
      create_date: created,
    }),
  }),
  aws_iam_policy: {
    id: (planned, context) =>
      globalArn(context, "iam", `policy${atPath(planned.path, nameFrom("name")(planned, context))}`),
    validate: validateJson("policy"),
    computed: (_planned, context) => ({
      arn: context.id,
      name: context.id.split("/").pop(),
      policy_id: uniqueId("ANPA", context),
    }),
  },
  aws_iam_role_policy: {
    ...put,
    id: (planned, context) => `${textOf(planned.role) ?? ""}:${nameFrom("name")(planned, context)}`,
    validate: validateJson("policy"),
    computed: (_planned, context) => ({ name: context.id.split(":").pop() }),
  },
  aws_iam_role_policy_attachment: {
    ...put,
    id: ({ role, policy_arn }) => `${textOf(role) ?? ""}/${textOf(policy_arn) ?? ""}`,
    check: ({ role }, { cloud }) =>
      typeof role === "string" && !cloud.get("aws_iam_role", role)
        ? `NoSuchEntity: The role with name ${role} cannot be found.`
        : undefined,
  },
  aws_iam_instance_profile: named((name, context) => globalArn(context, "iam", `instance-profile/${name}`), {
    computed: ({ path }, context) => ({
      arn: globalArn(context, "iam", `instance-profile${atPath(path, context.id)}`),
      unique_id: uniqueId("AIPA", context),
      create_date: created,
    }),
  }),
  aws_iam_openid_connect_provider: {
    id: ({ url }, context) =>
      globalArn(context, "iam", `oidc-provider/${(textOf(url) ?? "").replace("https://", "")}`),
    computed: ({ url }, { id }) => ({ arn: id, thumbprint_list: [digest(textOf(url) ?? "", 40)] }),
  },
  aws_iam_service_linked_role: {
    id: ({ aws_service_name }, context) => {
      const service = textOf(aws_service_name) ?? "";
      return globalArn(
        context,
        "iam",
        `role/aws-service-role/${service}/AWSServiceRoleFor${serviceWord(service)}`,
      );
    },
    computed: ({ aws_service_name }, context) => ({
      arn: context.id,
      name: context.id.split("/").pop(),
      path: `/aws-service-role/${textOf(aws_service_name) ?? ""}/`,
      unique_id: uniqueId("AROA", context),
      create_date: created,
    }),
  },
  aws_iam_user: named((name, context) => globalArn(context, "iam", `user/${name}`), {
    computed: ({ path }, context) => ({
      arn: globalArn(context, "iam", `user${atPath(path, context.id)}`),
      unique_id: uniqueId("AIDA", context),
    }),
  }),
};

/** "autoscaling.amazonaws.com" is "Autoscaling" here; the true capitals ("AutoScaling") follow no rule. */
const serviceWord = (service: string): string => {
  const [word = ""] = service.split(".");
  return word.charAt(0).toUpperCase() + word.slice(1);
};
