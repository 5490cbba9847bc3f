import type { Ink } from "../lib/ink";
import type { Page } from "../lib/page";
import { table } from "../lib/table";
import type { Exception } from "./exception";
import type { Judgement } from "./judgement";
import type { Violation } from "./rule";
import type { Rule } from "./rule";

/** The report for the terminal: each violated rule with its resources, each exception in use, and a summary. */
export function policyTable(page: Page, judgement: Judgement, rules: readonly Rule[]): string {
  const { ink } = page;
  const { violations, excepted, expired } = judgement;
  return [
    ...groupByRule(violations).map(([rule, found]) => violationText(page, rule, found)),
    ...(excepted.length > 0 ? [exceptionTable(page, excepted)] : []),
    ...expired.map(({ rule, layer, expires }) =>
      [
        ink.red(`The exception from "${rule}" for "${layer}" expired after ${expires}`),
        "  Fix the violation, or review the exception in policy/exceptions/ and set a later date",
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

function violationText({ ink, columns }: Page, rule: Rule, found: readonly Violation[]): string {
  const head = ["layer", "resource", "finding"];
  const rows = found.map(({ layer, address, message }) => [layer, address, message]);
  const ids = rule.publicIds.length > 0 ? ink.dim(` (${rule.publicIds.join(", ")})`) : "";
  return [
    `${ink.red(rule.id)}: ${rule.title}${ids}`,
    `  ${rule.reason}`,
    table({ head, rows, bold: ink.bold, width: columns }),
    `  ${rule.fix}`,
  ].join("\n");
}

function exceptionTable({ ink, columns }: Page, excepted: Judgement["excepted"]): string {
  const numbers = ["findings"];
  const rows = exceptionsIn(excepted).map((exception) => {
    const { rule, layer, expires, reason } = exception;
    const findings = excepted.filter((found) => found.exception === exception).length;
    return [rule, layer, findings, expires, reason];
  });
  const head = ["exception from", "layer", ...numbers, "expires", "reason"];
  return table({ head, rows, numbers, bold: ink.bold, width: columns });
}

function exceptionsIn(excepted: Judgement["excepted"]): readonly Exception[] {
  return [...new Set(excepted.map(({ exception }) => exception))];
}

function summary(ink: Ink, { environment, violations, excepted }: Judgement, rules: readonly Rule[]): string {
  const ids = new Set(rules.flatMap((rule) => rule.publicIds));
  const judged = `${environment}: ${rules.length} rules, covering ${ids.size} public checks`;
  const exceptions = count(exceptionsIn(excepted), "accepted exception");
  const accepted = excepted.length === 0 ? exceptions : `${exceptions} for ${count(excepted, "finding")}`;
  const outcome = `${count(violations, "violation")}, ${accepted}`;
  return `${judged}: ${violations.length === 0 ? ink.green(outcome) : ink.red(outcome)}`;
}

function count(found: readonly unknown[], noun: string): string {
  return `${found.length} ${noun}${found.length === 1 ? "" : "s"}`;
}
