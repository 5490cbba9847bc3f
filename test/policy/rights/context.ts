import type { Context } from "./evaluation";
import type { RecordedAccount } from "./recorded-account";
import type { RecordedCall } from "../../real/api/recorded-call";

/** Condition keys that requests of these operations set by a parameter of the same meaning. */
const byParameter: Readonly<Record<string, string>> = {
  "iam:AWSServiceName": "AWSServiceName",
  "iam:PermissionsBoundary": "PermissionsBoundary",
  "iam:PolicyARN": "PolicyArn",
  "s3:prefix": "Prefix",
};

/** The condition keys of a request, with those that are known beside it, e.g. `iam:PassedToService`. */
export function contextOf(
  { params, region }: RecordedCall,
  account: RecordedAccount,
  known: Readonly<Record<string, string>> = {},
): (resource?: string) => Context {
  const tags = tagsIn(params);
  return (resource) => (key) => {
    const value = known[key];
    if (value !== undefined) return [value];
    const parameter = byParameter[key];
    if (parameter !== undefined) return typeof params[parameter] === "string" ? [params[parameter]] : [];
    if (key === "aws:TagKeys") return [...tags.keys()];
    if (key.startsWith("aws:RequestTag/")) return [tags.get(key.slice(15))].flatMap((tag) => tag ?? []);
    if (key === "kms:ResourceAliases" && resource !== undefined) return account.aliasesOf(resource, region);
    return undefined;
  };
}

/** Tags of a request in any form that AWS has: lists of keys and values, and maps. */
function tagsIn(params: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown, name: string): void => {
    if (Array.isArray(value)) for (const entry of value) visit(entry, name);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const members: Readonly<Record<string, unknown>> = { ...value };
    const key = members["Key"] ?? members["key"] ?? members["TagKey"];
    const tag = members["Value"] ?? members["value"] ?? members["TagValue"];
    if (typeof key === "string" && typeof tag === "string") found.set(key, tag);
    for (const [inner, content] of Object.entries(members)) {
      if (/tags/i.test(name) && typeof content === "string" && key === undefined) found.set(inner, content);
      else visit(content, inner);
    }
  };
  visit(params, "");
  return found;
}
