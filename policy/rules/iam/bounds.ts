import { credentialActions, escalations } from "../../dangerous-actions";
import { eachAllowance, granted } from "../../permissions";
import { rules } from "../../rule";
import type { Statement } from "../../statements";
import { isEveryOfType, isUnbounded } from "../../unbounded";
import { unrestrictableActions } from "../../unrestrictable-actions";

/** Rules about what policies allow on all resources. */
export const boundRules = rules({
  "unbounded-changes": {
    title: "No policy allows changes to all resources",
    publicIds: ["CKV_AWS_289", "CKV_AWS_290", "AWS-0346"],
    reason: "A program of one environment could change another one",
    fix: "Name resources, or add a condition",
    check: eachAllowance(["identity"], (statement) => {
      if (!isUnbounded(statement)) return undefined;
      const changes = statement.actions.filter(
        (action) => !reads.test(action) && !unrestrictableActions.has(action),
      );
      return changes.length === 0 ? undefined : `it allows ${changes.join(", ")} on all resources`;
    }),
  },
  "unbounded-actions": {
    title: "Actions that AWS can limit to resources are allowed on named resources",
    publicIds: ["CKV_AWS_355"],
    reason: "Listing and describing also discloses what other environments have",
    fix: "Name resources, or add the action to policy/unrestrictable-actions.ts if it has no resource types",
    check: eachAllowance(["identity"], (statement) => {
      if (!isUnbounded(statement)) return undefined;
      const limitable = statement.actions.filter((action) => !unrestrictableActions.has(action));
      return limitable.length === 0 ? undefined : `it allows ${limitable.join(", ")} on all resources`;
    }),
  },
  "unbounded-reads": {
    title: "No policy allows reading data or credentials of all resources",
    publicIds: ["CKV_AWS_287", "CKV_AWS_288"],
    reason: "They include those of other environments and programs",
    fix: "Name resources, or add a condition",
    check: eachAllowance(["identity"], (statement) => {
      const secret = isForEvery(statement) ? granted(statement, [...secrets, ...credentialActions]) : [];
      return secret.length === 0 ? undefined : `it allows ${secret.join(", ")} on all resources`;
    }),
  },
  escalation: {
    title: "No policy allows privilege escalation",
    publicIds: ["CKV_AWS_286"],
    reason: "A principal that can extend its own permissions has no limits",
    fix: "Name the roles and policies that it may change, or remove the action",
    check: eachAllowance(["identity"], (statement) => {
      const ways = isForEvery(statement) ? granted(statement, escalations) : [];
      return ways.length === 0 ? undefined : `it allows ${ways.join(", ")} on all resources`;
    }),
  },
});

/** Whether a statement is about each resource of a type: of actions that disclose or extend, that is as bad as all. */
function isForEvery({ resources, narrowingKeys }: Statement): boolean {
  return narrowingKeys.length === 0 && isEveryOfType(resources);
}

const reads = /:(BatchGet|Check|Describe|Get|List|Lookup|Search|View)/;

const secrets = [
  "dynamodb:GetItem",
  "s3:GetObject",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
];
