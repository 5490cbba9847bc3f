import type { Allowance, IamPolicy } from "../../../policy/deployer/statements";
import { matches } from "./patterns";

/** Something that a caller wants to do. */
export interface Wish {
  readonly action: string;
  /** Undefined: on any resource, since no request tells which. */
  readonly resource?: string;
  /** The condition keys that the request sets; those that it leaves out have no values. */
  readonly context: Context;
}

/** Values of condition keys; undefined if neither the request nor the recording shows whether there are any. */
export type Context = (key: string) => readonly string[] | undefined;

/** Why policies do not allow a wish; undefined: they do. */
export type Reason =
  "no statement allows the action" | "no statement allows the resource" | "no condition is met";

/** Judges as IAM does with statements that allow: one that has action, resource and conditions suffices. */
export function whyDenied(policies: readonly IamPolicy[], wish: Wish): Reason | undefined {
  const { action, resource, context } = wish;
  const named = statementsWith(policies, action.toLowerCase());
  if (named.length === 0) return "no statement allows the action";
  const fitting = named.filter(
    ({ Resource }) => resource === undefined || Resource.some((pattern) => matches(pattern, resource)),
  );
  if (fitting.length === 0) return "no statement allows the resource";
  return fitting.some((statement) => conditionsMet(statement, context)) ? undefined : "no condition is met";
}

const found = new WeakMap<readonly IamPolicy[], Map<string, readonly Allowance[]>>();

/** Thousands of calls need a few hundred actions of the same policies: each is looked up once. */
function statementsWith(policies: readonly IamPolicy[], action: string): readonly Allowance[] {
  const byAction = found.get(policies) ?? new Map<string, readonly Allowance[]>();
  found.set(policies, byAction);
  const before = byAction.get(action);
  if (before !== undefined) return before;
  const statements = policies
    .flatMap(({ Statement }) => Statement)
    .filter(({ Action }) => Action.some((pattern) => matches(pattern.toLowerCase(), action)));
  byAction.set(action, statements);
  return statements;
}

function conditionsMet({ Condition = {} }: Allowance, context: Context): boolean {
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, value]) => {
      const values = context(key);
      return values === undefined || isMet(operator, [value].flat(), values);
    }),
  );
}

const comparisons: Readonly<Record<string, (pattern: string, value: string) => boolean>> = {
  StringEquals: (pattern, value) => pattern === value,
  StringLike: matches,
  Bool: (pattern, value) => pattern === value,
  ArnEquals: matches,
  ArnLike: matches,
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function isMet(operator: string, patterns: readonly string[], values: readonly string[]): boolean {
  const { set, name, ifExists } =
    /^(?:(?<set>ForAnyValue|ForAllValues):)?(?<name>\w+?)(?<ifExists>IfExists)?$/.exec(operator)?.groups ??
    {};
  if (name === "Null") return patterns.includes(String(values.length === 0));
  if (ifExists !== undefined && values.length === 0) return true;
  const compare = comparisons[name ?? ""];
  if (compare === undefined)
    throw new Error(`Cannot judge the condition operator "${operator}": it is not known`);
  const fits = (value: string) => patterns.some((pattern) => compare(pattern, value));
  return set === "ForAllValues" ? values.every(fits) : values.some(fits);
}
