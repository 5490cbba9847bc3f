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

/** Whether two pictures show the same but for times: text and colours, wherever a line is broken. */
export function same(one: string, other: string): boolean {
  return comparableText(one) === comparableText(other);
}

/** Title, description, and text by its style. */
function comparableText(svg: string): string {
  const described = [...svg.matchAll(/<(?:title|desc) .*/g)].map(([line]) => line);
  const texts: { style: string; text: string }[] = [];
  for (const [, attributes = "", text = ""] of svg.matchAll(/<tspan ([^>]*)>([^<]*)<\/tspan>/g)) {
    const style = attributes.replaceAll(/(?:x|textLength)="[^"]*" ?/g, "");
    const before = texts.at(-1);
    if (text.trim() === "") continue;
    // A longer duration breaks a line at another word.
    if (before?.style === style) before.text += ` ${text}`;
    else texts.push({ style, text });
  }
  return [...described, ...texts.map(({ style, text }) => `${style}: ${comparable(text)}`)].join("\n");
}

/** The lines of text that only one of two pictures shows, for a message. */
export function difference(before: string, now: string): string {
  const [old = [], current = []] = [before, now].map((svg) => textRows(svg).map(comparable));
  return [
    ...old.filter((line) => !current.includes(line)).map((line) => `  - ${line}`),
    ...current.filter((line) => !old.includes(line)).map((line) => `  + ${line}`),
  ].join("\n");
}
