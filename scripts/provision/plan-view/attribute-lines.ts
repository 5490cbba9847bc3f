import type { AttributeChange, PlannedValue } from "../run/plan";
import { printable } from "../screen/printable";
import { documentOf, jsonChanges, lineChanges } from "./differences";

/** How much of each value is shown. */
export interface Width {
  /** Columns of a line. */
  readonly columns: number;
  /** Longest value; longer ones are shortened. */
  readonly longest: number;
}

/** Every value in full. */
export const everything: Width = { columns: Infinity, longest: Infinity };

/** The lines that show one changed value; those after the first are indented. */
export function attributeLines(change: AttributeChange, width: Width): readonly string[] {
  return linesOf(change, width).map(printable);
}

function linesOf(change: AttributeChange, width: Width): readonly string[] {
  const { path, before, after, forcesReplacement } = change;
  const forced = forcesReplacement ? ["# forces replacement"] : [];
  const inside = jsonChanges(change);
  if (inside !== undefined)
    return [
      [`~ ${path} = (JSON)`, ...forced].join(" "),
      ...inside.flatMap((one) => indented(attributeLines(one, narrower(width)))),
    ];
  const lines = lineChanges(change);
  if (lines !== undefined)
    return [
      [`~ ${path} = (text)`, ...forced].join(" "),
      ...lines.map((line) => `    ${cut(line, width.columns - 4)}`),
    ];
  const document = width.longest === Infinity ? documentLines(change) : undefined;
  if (document !== undefined) return document;
  const line = (start: string, ...parts: readonly string[]) =>
    fitted(`${start} ${path} =`, [...parts, ...forced], width);
  if (before.kind === "absent") return line("+", valueText(after, width));
  if (after.kind === "absent") return line("-", valueText(before, width));
  return line("~", valueText(before, width), `-> ${valueText(after, width)}`);
}

/** A value as Terraform writes it, shortened. */
export function valueText(value: PlannedValue, { longest }: Pick<Width, "longest">): string {
  if (value.kind === "absent") return "null";
  if (value.kind === "sensitive") return "(sensitive)";
  if (value.kind === "unknown") return "(known after apply)";
  const text = JSON.stringify(value.value);
  if (text.length <= longest) return text;
  return `${text.slice(0, Math.max(longest - 24, 8))}... (${text.length.toLocaleString("en")} characters)`;
}

/** A JSON document that appears or disappears, on lines of its own. */
function documentLines({ path, before, after }: AttributeChange): readonly string[] | undefined {
  if (before.kind !== "absent" && after.kind !== "absent") return undefined;
  const document = documentOf(before.kind === "absent" ? after : before);
  if (document === undefined) return undefined;
  const sign = before.kind === "absent" ? "+" : "-";
  return [
    `${sign} ${path} = (JSON)`,
    ...JSON.stringify(document, undefined, 2)
      .split("\n")
      .map((line) => `    ${line}`),
  ];
}

/** On one line if it is short enough; otherwise a part on each. */
function fitted(start: string, parts: readonly string[], { columns }: Width): readonly string[] {
  const whole = [start, ...parts].join(" ");
  if (whole.length <= columns) return [whole];
  return [cut(start, columns), ...parts.map((part) => `    ${cut(part, columns - 4)}`)];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${line}`);
}

function narrower({ columns, longest }: Width): Width {
  return { columns: columns - 4, longest };
}

function cut(line: string, columns: number): string {
  return line.length <= columns ? line : `${line.slice(0, Math.max(columns - 3, 8))}...`;
}
