import { each } from "../../checks";
import type { Rule } from "../../rule";

export const managedAdministration: Rule = {
  id: "managed-administration",
  title: "Nobody is given an administrator's policy of AWS",
  publicIds: ["CKV_AWS_274"],
  reason: "Whoever takes over such a program has the account",
  fix: "Attach a policy that lists actions",
  check: each(
    [
      "aws_iam_role_policy_attachment",
      "aws_iam_policy_attachment",
      "aws_iam_user_policy_attachment",
      "aws_iam_group_policy_attachment",
    ],
    (attachment) =>
      attachment
        .texts("policy_arn")
        .some((arn) =>
          /:policy\/(job-function\/)?(AdministratorAccess|PowerUserAccess|IAMFullAccess|SystemAdministrator)$/.test(
            arn,
          ),
        )
        ? "it gives an administrator's rights"
        : undefined,
  ),
};
