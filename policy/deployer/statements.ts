import type { Condition } from "../../lib/layer/rights";

/** One allowing statement of the deployer's policy. */
export interface Allowance {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** An IAM policy that fits into one managed policy. */
export interface IamPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Allowance[];
}

/** An allowance of these actions, in an order that does not depend on where they came from. */
export function allow(
  actions: Iterable<string>,
  resources: Iterable<string>,
  condition?: Condition,
): Allowance {
  return {
    Effect: "Allow",
    Action: [...new Set(actions)].sort(),
    Resource: [...new Set(resources)].sort(),
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

/** Characters of a managed policy: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const limit = 6144;

/** Spreads statements over as few policies as their order allows. */
export function pack(statements: readonly Allowance[]): readonly IamPolicy[] {
  const policies: IamPolicy[] = [];
  for (const statement of statements.flatMap(splitToFit)) {
    const last = policies.at(-1);
    const longer = last && policyOf([...last.Statement, statement]);
    if (longer && fits(longer)) policies.splice(-1, 1, longer);
    else policies.push(policyOf([statement]));
  }
  return policies;
}

function splitToFit(statement: Allowance): readonly Allowance[] {
  if (fits(policyOf([statement]))) return [statement];
  const part = statement.Resource.length > 1 ? "Resource" : "Action";
  const middle = Math.ceil(statement[part].length / 2);
  const halves = [statement[part].slice(0, middle), statement[part].slice(middle)];
  return halves.flatMap((half) => splitToFit({ ...statement, [part]: half }));
}

function policyOf(statements: readonly Allowance[]): IamPolicy {
  return { Version: "2012-10-17", Statement: statements };
}

/** IAM does not count white space. */
function fits(policy: IamPolicy): boolean {
  return JSON.stringify(policy).length <= limit;
}
