import { eachAllowance, isUnbounded } from "../../permissions";
import type { Rule } from "../../rule";

export const unboundedChanges: Rule = {
  id: "unbounded-changes",
  title: "No policy allows changes everywhere",
  publicIds: ["CKV_AWS_109", "CKV_AWS_111", "CKV_AWS_356"],
  reason: "A program of one environment could change another one",
  fix: "Name resources, or add a condition",
  check: eachAllowance(["identity"], (statement) => {
    if (!isUnbounded(statement)) return undefined;
    const changes = statement.actions.filter(
      (action) => !reads.test(action) && !withoutResource.includes(action),
    );
    return changes.length === 0 ? undefined : `it allows ${changes.join(", ")} on everything`;
  }),
};

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
