import type { Ink } from "../lib/ink";
import { table } from "../lib/table";
import type { Exception } from "./exception";
import type { Judgement } from "./judgement";
import type { Violation } from "./rule";
import type { Rule } from "./rule";

/** The report for the terminal: each violated rule with its resources, each exception in use, and a summary. */
export function policyTable(ink: Ink, judgement: Judgement, rules: readonly Rule[]): string {
  const { violations, excepted, expired } = judgement;
  return [
    ...groupByRule(violations).map(([rule, found]) => violationText(ink, rule, found)),
    ...(excepted.length > 0
      ? [exceptionTable(ink, [...new Set(excepted.map(({ exception }) => exception))])]
      : []),
    ...expired.map(({ rule, layer, expires }) =>
      [
        ink.red(`The exception from "${rule}" for "${layer}" expired after ${expires}`),
        "  Fix the violation, or review the exception in policy/exceptions.ts and set a later date",
      ].join("\n"),
    ),
    summary(ink, judgement, rules),
  ].join("\n\n");
}

/** The report as JSON. */
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
  const head = ["layer", "resource", "finding"];
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
  const head = ["exception from", "layer", "expires", "reason"];
  const rows = exceptions.map(({ rule, layer, expires, reason }) => [rule, layer, expires, reason]);
  return table({ head, rows, bold: ink.bold });
}

function summary(ink: Ink, { environment, violations, excepted }: Judgement, rules: readonly Rule[]): string {
  const ids = new Set(rules.flatMap((rule) => rule.publicIds));
  const judged = `${environment}: ${rules.length} rules, covering ${ids.size} public checks`;
  const outcome = `${count(violations, "violation")}, ${count(excepted, "accepted exception")}`;
  return `${judged}: ${violations.length === 0 ? ink.green(outcome) : ink.red(outcome)}`;
}

function count(found: readonly unknown[], noun: string): string {
  return `${found.length} ${noun}${found.length === 1 ? "" : "s"}`;
}
