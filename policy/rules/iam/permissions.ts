import { each } from "../../checks";
import { eachAllowance, granted } from "../../permissions";
import { isForEveryone } from "../../reading";
import { rules } from "../../rule";
import { policiesIn } from "../../statements";
import { isEveryOfType } from "../../unbounded";

/** Rules about what policies allow. */
export const permissionRules = rules({
  "policies-readable": {
    title: "Every policy is written out as JSON",
    publicIds: [],
    reason: "Rules cannot evaluate a policy that they cannot read",
    fix: "Write the policy with policyDocument of lib/constructs/iam-policy.ts",
    check: (synthesised) =>
      policiesIn(synthesised, "identity", "trust", "resource", "ceiling")
        .filter(({ statements }) => statements === undefined)
        .map(({ resource: { layer, address } }) => ({ layer, address, message: "its policy is not JSON" })),
  },
  administration: {
    title: "No policy allows all actions",
    publicIds: ["CKV_AWS_62", "CKV_AWS_63", "AWS-0057", "IAM.1"],
    reason: "A compromise of such a principal gives control of the account",
    fix: "List actions",
    check: eachAllowance(["identity", "resource"], (statement) =>
      statement.actions.some((action) => /^[*?:]*\*[*?:]*$/.test(action))
        ? "it allows every action"
        : undefined,
    ),
  },
  "service-wildcards": {
    title: "No policy allows all actions of a service",
    publicIds: ["CKV2_AWS_40", "AWS-0345", "IAM.21"],
    reason: "A wildcard also allows actions that the service adds later",
    fix: "List actions",
    check: eachAllowance(["identity"], (statement) => {
      const whole = statement.actions.filter((action) => /^[a-z0-9*?-]+:[*?]*\*[*?]*$/i.test(action));
      return whole.length === 0 ? undefined : `it allows ${whole.join(", ")}`;
    }),
  },
  "key-use": {
    title: "Every policy names the keys that it allows decryption with",
    publicIds: ["KMS.1", "KMS.2"],
    reason: "A program must not read data that another one encrypts with its own key",
    fix: "Name keys in the statement's resources",
    check: eachAllowance(["identity"], (statement) =>
      isEveryOfType(statement.resources) &&
      granted(statement, ["kms:Decrypt", "kms:ReEncryptFrom"]).length > 0
        ? "it allows decryption with every key"
        : undefined,
    ),
  },
  "pass-role": {
    title: "Passing a role is limited to named roles and services",
    publicIds: ["CKV_AWS_286", "AWS-0342"],
    reason: "Passing a privileged role to an instance of one's own is a common privilege escalation",
    fix: "Name roles in the statement's resources, and add the condition iam:PassedToService",
    check: eachAllowance(["identity"], (statement) => {
      if (granted(statement, ["iam:PassRole"]).length === 0) return undefined;
      return isEveryOfType(statement.resources) || !statement.narrowingKeys.includes("iam:passedtoservice")
        ? "it allows passing any role, or to any service"
        : undefined;
    }),
  },
  "managed-administration": {
    title: "No AWS managed administrator policy is attached",
    publicIds: ["CKV_AWS_274", "CKV2_AWS_56"],
    reason: "A compromise of such a principal gives control of the account",
    fix: "Attach a policy that lists actions",
    check: each(
      [
        "aws_iam_role_policy_attachment",
        "aws_iam_policy_attachment",
        "aws_iam_user_policy_attachment",
        "aws_iam_group_policy_attachment",
        "aws_iam_role_policy_attachments_exclusive",
        "aws_iam_user_policy_attachments_exclusive",
        "aws_iam_group_policy_attachments_exclusive",
        "aws_ssoadmin_managed_policy_attachment",
        "aws_iam_role",
      ],
      (resource) =>
        attached
          .flatMap((path) => resource.texts(path))
          .some((arn) =>
            /:policy\/(job-function\/)?(AdministratorAccess|PowerUserAccess|IAMFullAccess|SystemAdministrator)$/.test(
              arn,
            ),
          )
          ? "it attaches an administrator policy"
          : undefined,
    ),
  },
  "public-resources": {
    title: "No resource policy allows access by everyone",
    publicIds: ["CKV_AWS_168"],
    reason: "Everyone includes every AWS account",
    fix: "Name accounts, roles or services as principals, or add a condition on who they are",
    check: eachAllowance(["resource"], (statement) =>
      isForEveryone(statement) ? "it allows access by everyone" : undefined,
    ),
  },
});

/** Arguments that name the attached policies, by type. */
const attached = ["policy_arn", "policy_arns", "managed_policy_arn", "managed_policy_arns"];
