import type { Rule } from "../../rule";
import { rules } from "../../rule";
import { eachAllowance, granted } from "../../permissions";
import { policiesIn, type Policy } from "../../statements";
import { unrestrictableActions } from "../../unrestrictable-actions";

/** Rules about the resources that an action is allowed on. */
export const resourceRules = rules({
  "actions-without-resources": {
    title: "Actions without resource types are allowed on all resources",
    publicIds: [],
    reason: "AWS evaluates them against all resources, so a statement that names some allows nothing",
    fix: 'Move the action to a statement with the resource "*"',
    check: eachAllowance(["identity", "ceiling"], (statement) => {
      if (statement.resources.includes("*")) return undefined;
      const listed = statement.actions.filter((action) => unrestrictableActions.has(action));
      return listed.length === 0 ? undefined : `it allows ${listed.join(", ")} on named resources`;
    }),
  },
  "required-resources": {
    title: "An action is allowed on every type of resource that it requires",
    publicIds: [],
    reason: "AWS evaluates one call against a resource of each type, and denies it if one of them is missing",
    fix: "Add a resource of the missing type to the policy",
    check: (synthesised) => policiesIn(synthesised, "identity").flatMap(missingTypes),
  },
});

function missingTypes({ resource: { layer, address }, statements = [] }: Policy): ReturnType<Rule["check"]> {
  const allowances = statements.filter(({ allows }) => allows);
  return Object.entries(requiredTypes).flatMap(([action, types]) => {
    const resources = allowances
      .filter((statement) => granted(statement, [action]).length > 0)
      .flatMap((statement) => statement.resources);
    if (resources.length === 0 || resources.includes("*")) return [];
    const missing = types.filter((type) => !resources.some((arn) => arn.includes(`:${type}/`)));
    return missing.length === 0
      ? []
      : [{ layer, address, message: `it allows ${action} on no ${missing.join(" and no ")}` }];
  });
}

/**
 * Actions of ours that require resources of several types, by the service authorization reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
const requiredTypes: Readonly<Record<string, readonly string[]>> = {
  "ssm:SendCommand": ["document", "instance"],
  "ssm:StartAutomationExecution": ["document", "automation-execution"],
};
