import type { Environment } from "../layer/environment-schema";
import { viaService } from "../layer/partition";
import type { Statement } from "./iam-policy";

type Place = Pick<Environment, "partition" | "region" | "account">;

/** Actions that use a key. */
const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/** Actions that administer a key, without those that use it, so administrators cannot decrypt data. */
const administer = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:Delete*",
  "kms:Describe*",
  "kms:Disable*",
  "kms:Enable*",
  "kms:Get*",
  "kms:List*",
  "kms:Put*",
  "kms:Revoke*",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:Update*",
];

/** Allows the account's principals to administer the key if their IAM policies allow it. */
export function administration(place: Place): Statement {
  return {
    Sid: "Administration",
    Effect: "Allow",
    Principal: account(place),
    Action: administer,
    Resource: "*",
  };
}

/** Allows the account's principals to use the key through these services if their IAM policies allow it. */
export function useThrough(services: readonly string[], place: Place): readonly Statement[] {
  const through = {
    "kms:CallerAccount": place.account,
    "kms:ViaService": services.map((service) => viaService(service, place)),
  };
  const allow = { Effect: "Allow", Principal: account(place), Resource: "*" } as const;
  return [
    { Sid: "UseThroughServices", ...allow, Action: use, Condition: { StringEquals: through } },
    {
      Sid: "GrantsForServices",
      ...allow,
      Action: "kms:CreateGrant",
      Condition: { StringEquals: through, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

/** Allows the account's principals to use the key directly if their IAM policies allow it; `further` are additional actions. */
export function useByRoles(place: Place, further: readonly string[] = []): Statement {
  return {
    Sid: "UseByRoles",
    Effect: "Allow",
    Principal: account(place),
    Action: [...use, ...further],
    Resource: "*",
  };
}

const account = ({ partition, account }: Place) => ({ AWS: `arn:${partition}:iam::${account}:root` });
