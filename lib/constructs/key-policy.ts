import type { Environment } from "../layer/environment-schema";
import { viaService } from "../layer/partition";
import type { Statement } from "./iam-policy";

type Place = Pick<Environment, "partition" | "region" | "account">;

/** What a user of a key does with it. */
const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/** Every action on a key but those that use it, so that who administers it cannot read what it protects. */
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

/** The account's principals administer the key as their IAM policies allow. */
export function administration(place: Place): Statement {
  return {
    Sid: "Administration",
    Effect: "Allow",
    Principal: account(place),
    Action: administer,
    Resource: "*",
  };
}

/** The account's principals use the key as their IAM policies allow, but only through these services. */
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

/** The account's principals use the key as their IAM policies allow, directly too; `further` actions on top. */
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
