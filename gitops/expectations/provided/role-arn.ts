import type { Resource } from "../../../synthesis/resource";

/** The ARN that a role will have; `partition` and `account` are the environment's. */
export function roleArn(
  role: Resource,
  { partition, account }: { readonly partition: string; readonly account: string },
): string {
  const [path = "/"] = role.texts("path");
  const [name = ""] = role.texts("name");
  return `arn:${partition}:iam::${account}:role${path}${name}`;
}
