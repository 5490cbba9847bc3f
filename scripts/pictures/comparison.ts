import { textRows } from "./svg";

/** What differs between two runs of the same version, and what takes its place when they are compared. */
const passing: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d/g, "<time>"],
  [/\bterraform \d+\.\d+\.\d+/g, "terraform <version>"],
  [/\b(\d+ min )?\d+(\.\d+)? (s|min)\b/g, "<seconds>"],
  // In a column of seconds.
  [/(?<![\w.])\d+\.\d(?![\w.])/g, "<seconds>"],
  // The width of a column follows the longest duration.
  [/ +/g, " "],
  [/─+/g, "─"],
];

/** A line of output without what two runs of the same version do not share. */
export function comparable(line: string): string {
  return passing.reduce((text, [pattern, instead]) => text.replaceAll(pattern, instead), line).trim();
}

/** Whether two pictures show the same but for times: text, colours, and everything around. */
export function same(one: string, other: string): boolean {
  return withoutColumns(one) === withoutColumns(other);
}

function withoutColumns(svg: string): string {
  const lines = svg.replaceAll(/ (?:x|textLength)="[^"]*"/g, "").split("\n");
  return lines.map(comparable).join("\n");
}

/** The lines of text that only one of two pictures shows, for a message. */
export function difference(before: string, now: string): string {
  const [old = [], current = []] = [before, now].map((svg) => textRows(svg).map(comparable));
  return [
    ...old.filter((line) => !current.includes(line)).map((line) => `  - ${line}`),
    ...current.filter((line) => !old.includes(line)).map((line) => `  + ${line}`),
  ].join("\n");
}
