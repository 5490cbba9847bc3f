import type { SynthesisedJson } from "../synthesis/environment";
import type { Finding, Rule } from "./rule";
import { policiesIn, type Policy, type Statement } from "./statements";

/** Looks at every allowing statement of some kinds of policy; `fault` says what is wrong with one, if anything is. */
export function eachAllowance(
  kinds: readonly Policy["kind"][],
  fault: (statement: Statement, policy: Policy) => string | undefined,
): Rule["check"] {
  return (synthesised: SynthesisedJson): readonly Finding[] =>
    policiesIn(synthesised, ...kinds).flatMap((policy) =>
      (policy.statements ?? [])
        .filter(({ allows }) => allows)
        .flatMap((statement) => {
          const message = fault(statement, policy);
          const { layer, address } = policy.resource;
          return message === undefined ? [] : [{ layer, address, message }];
        }),
    );
}

/** The actions among `wanted` that a statement allows, wildcards understood. */
export function granted(statement: Statement, wanted: readonly string[]): readonly string[] {
  const patterns = statement.actions.map(
    (action) =>
      new RegExp(
        `^${action
          .replace(/[.+^$()|[\]\\{}]/g, "\\$&")
          .replaceAll("*", ".*")
          .replaceAll("?", ".")}$`,
        "i",
      ),
  );
  return wanted.filter((action) => patterns.some((pattern) => pattern.test(action)));
}
