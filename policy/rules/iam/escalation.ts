import { eachAllowance, granted, isUnbounded } from "../../permissions";
import type { Rule } from "../../rule";

export const escalation: Rule = {
  id: "escalation",
  title: "No policy lets a program give itself further rights",
  publicIds: ["CKV_AWS_110"],
  reason: "Every other limit is void then",
  fix: "Name the roles and policies that it may change, or remove the action",
  check: eachAllowance(["identity"], (statement) => {
    const ways = isUnbounded(statement) ? granted(statement, escalations) : [];
    return ways.length === 0 ? undefined : `it allows ${ways.join(", ")} on everything`;
  }),
};

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
