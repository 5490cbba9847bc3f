import type { Resource } from "../../synthesis/resource";
import { type ArnSource, arnOf } from "./account";
import { allow, type Allowance } from "./statements";

/** Attaches the managed policies in use, and no other; of one that only AWS knows, any of the account, and none of AWS's. */
export function attachAllowances(source: ArnSource): readonly Allowance[] {
  const attachments = source.synthesised.of("aws_iam_role_policy_attachment");
  if (attachments.length === 0) return [];
  const roles = attachments.map((attachment) => arnOf("iam::{account}:role{path}{role}", attachment, source));
  const policies = attachments.flatMap((attachment) => policiesOf(attachment, source));
  return [
    allow(["iam:AttachRolePolicy"], roles, {
      ArnEquals: { "iam:PolicyARN": [...new Set(policies)].sort() },
    }),
  ];
}

function policiesOf(attachment: Resource, source: ArnSource): readonly string[] {
  const written = attachment.texts("policy_arn").filter((text) => !text.includes("${"));
  const referred = source.synthesised
    .targets(attachment, "policy_arn")
    .filter(({ type }) => type === "aws_iam_policy");
  if (written.length === 0 && referred.length === 0)
    return [arnOf("iam::{account}:policy/*", attachment, source)];
  return [
    ...written,
    ...referred.map((policy) => arnOf("iam::{account}:policy{path}{name}", policy, source)),
  ];
}
