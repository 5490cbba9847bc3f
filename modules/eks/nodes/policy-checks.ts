import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import { foreignPolicy } from "../../../lib/layer/foreign-policy";
import { problemsOfEach } from "../../../lib/layer/waiting-rules";

/** Reports policies that the nodes' role cannot have. */
export function nodePolicyProblems(
  { partition, account }: Environment,
  arns: readonly string[],
): readonly Problem[] {
  return problemsOfEach(arns, (arn, index) =>
    foreignPolicy(arn, { partition, account }, ["layers", "eks", "nodes", "additionalPolicyArns", index]),
  );
}
