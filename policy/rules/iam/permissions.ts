import { each } from "../../checks";
import { eachAllowance, granted, isUnbounded } from "../../permissions";
import { isForEveryone } from "../../reading";
import { rules } from "../../rule";
import { policiesIn } from "../../statements";

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
      statement.actions.some((action) => action === "*" || action === "*:*")
        ? "it allows every action"
        : undefined,
    ),
  },
  "service-wildcards": {
    title: "No policy allows all actions of a service",
    publicIds: ["AWS-0345", "IAM.21"],
    reason: "A wildcard also allows actions that the service adds later",
    fix: "List actions",
    check: eachAllowance(["identity"], (statement) => {
      const whole = statement.actions.filter((action) => /^[a-z0-9-]+:\*$/i.test(action));
      return whole.length === 0 ? undefined : `it allows ${whole.join(", ")}`;
    }),
  },
  "unbounded-changes": {
    title: "No policy allows changes to all resources",
    publicIds: ["CKV_AWS_109", "CKV_AWS_111", "CKV_AWS_356"],
    reason: "A program of one environment could change another one",
    fix: "Name resources, or add a condition",
    check: eachAllowance(["identity"], (statement) => {
      if (!isUnbounded(statement)) return undefined;
      const changes = statement.actions.filter(
        (action) => !reads.test(action) && !withoutResource.includes(action),
      );
      return changes.length === 0 ? undefined : `it allows ${changes.join(", ")} on all resources`;
    }),
  },
  "unbounded-reads": {
    title: "No policy allows reading data or credentials of all resources",
    publicIds: ["CKV_AWS_107", "CKV_AWS_108"],
    reason: "They include those of other environments and programs",
    fix: "Name resources, or add a condition",
    check: eachAllowance(["identity"], (statement) => {
      const secret = isUnbounded(statement) ? granted(statement, secrets) : [];
      return secret.length === 0 ? undefined : `it allows ${secret.join(", ")} on all resources`;
    }),
  },
  escalation: {
    title: "No policy allows privilege escalation",
    publicIds: ["CKV_AWS_110"],
    reason: "A principal that can extend its own permissions has no limits",
    fix: "Name the roles and policies that it may change, or remove the action",
    check: eachAllowance(["identity"], (statement) => {
      const ways = isUnbounded(statement) ? granted(statement, escalations) : [];
      return ways.length === 0 ? undefined : `it allows ${ways.join(", ")} on all resources`;
    }),
  },
  "key-use": {
    title: "Every policy names the keys that it allows decryption with",
    publicIds: ["KMS.1", "KMS.2"],
    reason: "A program must not read data that another one encrypts with its own key",
    fix: "Name keys in the statement's resources",
    check: eachAllowance(["identity"], (statement) => {
      const everyKey = statement.resources.some((resource) =>
        /^(\*|arn:[^:]*:kms:[^:]*:[^:]*:(\*|key\/\*))$/.test(resource),
      );
      return everyKey && granted(statement, ["kms:Decrypt", "kms:ReEncryptFrom"]).length > 0
        ? "it allows decryption with every key"
        : undefined;
    }),
  },
  "pass-role": {
    title: "Passing a role is limited to named roles and services",
    publicIds: ["AWS-0342"],
    reason: "Passing a privileged role to an instance of one's own is a common privilege escalation",
    fix: "Name roles in the statement's resources, and add the condition iam:PassedToService",
    check: eachAllowance(["identity"], (statement) => {
      if (granted(statement, ["iam:PassRole"]).length === 0) return undefined;
      const everyRole = statement.resources.some((resource) =>
        /^(\*|arn:[^:]*:iam::[^:]*:(\*|role\/\*))$/.test(resource),
      );
      return everyRole || !statement.conditionKeys.includes("iam:passedtoservice")
        ? "it allows passing any role, or to any service"
        : undefined;
    }),
  },
  "managed-administration": {
    title: "No AWS managed administrator policy is attached",
    publicIds: ["CKV_AWS_274"],
    reason: "A compromise of such a principal gives control of the account",
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
          ? "it attaches an administrator policy"
          : undefined,
    ),
  },
  "public-resources": {
    title: "No resource policy allows access by everyone",
    publicIds: [],
    reason: "Everyone includes every AWS account",
    fix: "Name accounts, roles or services as principals, or add a condition on who they are",
    check: eachAllowance(["resource"], (statement) =>
      isForEveryone(statement) ? "it allows access by everyone" : undefined,
    ),
  },
});

const reads = /:(BatchGet|Check|Describe|Get|List|Lookup|Search|View)/;

/** Actions that AWS can limit to no resource: a statement on them says `*` or nothing. */
const withoutResource = [
  "cloudwatch:PutMetricData",
  "ec2messages:AcknowledgeMessage",
  "ec2messages:DeleteMessage",
  "ec2messages:FailMessage",
  "ec2messages:SendReply",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];

const secrets = [
  "dynamodb:GetItem",
  "ec2:GetPasswordData",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:UpdateLoginProfile",
  "rds-db:connect",
  "s3:GetObject",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
  "sts:AssumeRole",
];

const escalations = [
  ...["Group", "Role", "User"].flatMap((holder) => [`iam:Attach${holder}Policy`, `iam:Put${holder}Policy`]),
  "iam:AddUserToGroup",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
];
