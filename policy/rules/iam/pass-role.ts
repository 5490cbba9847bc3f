import { eachAllowance, granted } from "../../permissions";
import type { Rule } from "../../rule";

export const passRole: Rule = {
  id: "pass-role",
  title: "Whoever hands a role to a service may hand it this role to this service only",
  publicIds: ["AWS-0342"],
  reason: "Handing a powerful role to a machine of one's own is the classic way up",
  fix: "Name roles in the statement's resources, and add the condition iam:PassedToService",
  check: eachAllowance(["identity"], (statement) => {
    if (granted(statement, ["iam:PassRole"]).length === 0) return undefined;
    const everyRole = statement.resources.some((resource) =>
      /^(\*|arn:[^:]*:iam::[^:]*:(\*|role\/\*))$/.test(resource),
    );
    return everyRole || !statement.conditionKeys.includes("iam:passedtoservice")
      ? "it may hand any role to any service"
      : undefined;
  }),
};
