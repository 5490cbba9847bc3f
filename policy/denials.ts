import { granted } from "./permissions";
import type { Statement } from "./statements";

/** What a statement denies to everyone, and when. */
export interface Denial {
  readonly actions: readonly string[];
  readonly operator: string;
  /** In lower case. */
  readonly key: string;
  readonly value: string;
}

/** Whether one of the statements denies everyone all of the actions whenever a condition is met, and needs no other. */
export function denies(statements: readonly Statement[], { actions, operator, key, value }: Denial): boolean {
  return statements.some(
    (statement) =>
      !statement.allows &&
      statement.principals.includes("*") &&
      granted(statement, actions).length === actions.length &&
      statement.conditions.length === 1 &&
      statement.conditions.every(
        (condition) =>
          condition.operator === operator && condition.key === key && condition.values.join() === value,
      ),
  );
}
