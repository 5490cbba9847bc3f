import type { Ink } from "../lib/ink";
import { table } from "../lib/table";
import type { Exception } from "./exception";
import type { Judgement, Violation } from "./judgement";
import type { Rule } from "./rule";

/** What a person reads: each violated rule with its resources, each exception in use, and the sum of it. */
export function policyTable(ink: Ink, judgement: Judgement, rules: readonly Rule[]): string {
  const { violations, excepted, expired } = judgement;
  return [
    ...groupByRule(violations).map(([rule, found]) => violationText(ink, rule, found)),
    ...(excepted.length > 0
      ? [exceptionTable(ink, [...new Set(excepted.map(({ exception }) => exception))])]
      : []),
    ...expired.map(({ rule, layer, expires }) =>
      ink.red(`The exception from ${rule} for ${layer} held until ${expires}`),
    ),
    summary(ink, judgement, rules),
  ].join("\n\n");
}

/** What a program reads. */
export function policyJson({ environment, violations, excepted, expired }: Judgement): string {
  const flat = ({ rule, layer, address, message }: Violation) => {
    const { id, publicIds, reason, fix } = rule;
    return { rule: id, publicIds, layer, address, message, reason, fix };
  };
  const report = {
    environment,
    violations: violations.map(flat),
    excepted: excepted.map(({ exception, ...violation }) => ({ ...flat(violation), exception })),
    expired,
  };
  return JSON.stringify(report, undefined, 2);
}

function groupByRule(violations: readonly Violation[]): readonly (readonly [Rule, readonly Violation[]])[] {
  const broken = [...new Set(violations.map(({ rule }) => rule))];
  return broken.map((rule) => [rule, violations.filter((violation) => violation.rule === rule)]);
}

function violationText(ink: Ink, rule: Rule, found: readonly Violation[]): string {
  const head = ["layer", "resource", "what is wrong"];
  const rows = found.map(({ layer, address, message }) => [layer, address, message]);
  const ids = rule.publicIds.length > 0 ? ink.dim(` (${rule.publicIds.join(", ")})`) : "";
  return [
    `${ink.red(rule.id)}: ${rule.title}${ids}`,
    `  ${rule.reason}`,
    table({ head, rows, bold: ink.bold }),
    `  ${rule.fix}`,
  ].join("\n");
}

function exceptionTable(ink: Ink, exceptions: readonly Exception[]): string {
  const head = ["exception from", "layer", "until", "because"];
  const rows = exceptions.map(({ rule, layer, expires, reason }) => [rule, layer, expires, reason]);
  return table({ head, rows, bold: ink.bold });
}

function summary(ink: Ink, { environment, violations, excepted }: Judgement, rules: readonly Rule[]): string {
  const ids = new Set(rules.flatMap((rule) => rule.publicIds));
  const judged = `${environment} against ${rules.length} rules, which stand for ${ids.size} public checks`;
  const outcome = `${violations.length} violations, ${excepted.length} more that are meant to be`;
  return `${judged}: ${violations.length === 0 ? ink.green(outcome) : ink.red(outcome)}`;
}
