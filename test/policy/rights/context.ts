import type { Context } from "./evaluation";
import type { RecordedAccount } from "./recorded-account";
import type { RecordedCall } from "../../real/api/recorded-call";
import { tagsIn } from "./tags";

/** Condition keys that requests of these operations set by a parameter of the same meaning. */
const byParameter: Readonly<Record<string, string>> = {
  "iam:AWSServiceName": "AWSServiceName",
  "iam:PolicyARN": "PolicyArn",
  "s3:prefix": "Prefix",
};

/** What such a request tags has no tags yet: https://github.com/LeanerCloud/CUDly/issues/1670 */
const creates = /^(iam\.CreateOpenIDConnectProvider|kms\.CreateKey)$/;

/** The condition keys of a request, with those that are known beside it, e.g. `iam:PassedToService`. */
export function contextOf(
  call: RecordedCall,
  account: RecordedAccount,
  known: Readonly<Record<string, string>> = {},
): (resource?: string) => Context {
  const { params, region } = call;
  const tags = tagsIn(params);
  return (resource) => (key) => {
    const value = known[key];
    if (value !== undefined) return [value];
    const parameter = byParameter[key];
    if (parameter !== undefined) return typeof params[parameter] === "string" ? [params[parameter]] : [];
    if (key === "iam:PermissionsBoundary") return boundaryIn(call, account);
    if (key === "aws:TagKeys") return [...tags.keys()];
    if (key.startsWith("aws:RequestTag/")) return [tags.get(key.slice(15))].flatMap((tag) => tag ?? []);
    if (key === "kms:ResourceAliases" && resource !== undefined) return account.aliasesOf(resource, region);
    // It is the name of the operation; only its presence matters.
    if (key === "ec2:CreateAction") return call.operation === "CreateTags" ? [] : [call.operation];
    if (key.startsWith("aws:ResourceTag/") && creates.test(`${call.service}.${call.operation}`)) return [];
    if (key.startsWith("aws:ResourceTag/") && resource !== undefined) {
      const of = account.tagsOf(resource, region);
      return of && [of.get(key.slice(16))].flatMap((tag) => tag ?? []);
    }
    return undefined;
  };
}

/** The boundary that a request gives a role; of one that gives none, that of its role. */
function boundaryIn({ operation, params }: RecordedCall, account: RecordedAccount) {
  const given = params["PermissionsBoundary"];
  if (typeof given === "string") return [given];
  return operation === "CreateRole" ? [] : account.boundaryOf(String(params["RoleName"]));
}
