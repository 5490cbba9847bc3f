import type { SynthesisedJson } from "../synthesis/environment";
import { covers, type Exception, isExpired } from "./exception";
import type { Rule, Violation } from "./rule";

/** What the rules say about one environment. */
export interface Judgement {
  readonly environment: string;
  /** Violations without an exception. */
  readonly violations: readonly Violation[];
  /** Accepted violations, with their exceptions. */
  readonly excepted: readonly (Violation & { readonly exception: Exception })[];
  /** Expired exceptions that cover a violation. */
  readonly expired: readonly Exception[];
}

/** What is judged, and by what. */
export interface Case {
  readonly environment: { readonly name: string; readonly scaleProfile: string };
  readonly synthesised: SynthesisedJson;
  readonly rules: readonly Rule[];
  readonly exceptions: readonly Exception[];
  readonly now: Date;
}

/** Checks an environment against every rule; an expired exception covers nothing. */
export function judge({ environment, synthesised, rules, exceptions, now }: Case): Judgement {
  const found = rules.flatMap((rule) => rule.check(synthesised).map((finding) => ({ ...finding, rule })));
  const judged = found.map((violation) => {
    const about = exceptions.filter((exception) => covers(exception, violation, environment.scaleProfile));
    return { violation, about, exception: about.find((exception) => !isExpired(exception, now)) };
  });
  return {
    environment: environment.name,
    violations: judged.flatMap(({ violation, exception }) => (exception === undefined ? [violation] : [])),
    excepted: judged.flatMap(({ violation, exception }) =>
      exception === undefined ? [] : [{ ...violation, exception }],
    ),
    expired: [
      ...new Set(judged.flatMap(({ about }) => about.filter((exception) => isExpired(exception, now)))),
    ],
  };
}
