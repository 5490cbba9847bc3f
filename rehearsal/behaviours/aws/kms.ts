import type { Context } from "../../engine/behaviour";
import { textOf } from "../../engine/read-value";
import { uuidFrom } from "../../cloud/digest";
import { arn, globalArn } from "./arn";
import { nameFrom, put, type Behaviours } from "./naming";
import { validateJson } from "./policy-json";

/** KMS: keys, aliases and policies. */
export const kms: Behaviours = {
  aws_kms_key: {
    id: (_planned, { hash }) => uuidFrom(hash("key", 32)),
    validate: validateJson("policy"),
    computed: (planned, context) => ({
      arn: arn(context, "kms", `key/${context.id}`),
      key_id: context.id,
      multi_region: false,
      rotation_period_in_days: planned.enable_key_rotation === true ? 365 : 0,
      policy: defaultPolicy(context),
    }),
  },
  aws_kms_alias: {
    id: nameFrom("name", "alias/"),
    check: ({ target_key_id }, { cloud }) => {
      const key = (textOf(target_key_id) ?? "").split("/").pop() ?? "";
      return cloud.get("aws_kms_key", key) ? undefined : `NotFoundException: Key '${key}' does not exist`;
    },
    computed: ({ target_key_id }, context) => {
      const key = textOf(target_key_id) ?? "";
      return {
        arn: arn(context, "kms", context.id),
        name: context.id,
        target_key_arn: key.startsWith("arn:") ? key : arn(context, "kms", `key/${key}`),
      };
    },
  },
  aws_kms_key_policy: { ...put, id: ({ key_id }) => textOf(key_id) ?? "", validate: validateJson("policy") },
};

const defaultPolicy = (context: Context): string => {
  const root = { AWS: globalArn(context, "iam", "root") };
  const statement = {
    Sid: "Enable IAM User Permissions",
    Effect: "Allow",
    Principal: root,
    Action: "kms:*",
    Resource: "*",
  };
  return JSON.stringify({ Id: "key-default-1", Version: "2012-10-17", Statement: [statement] });
};
