import { stripVTControlCharacters } from "node:util";

/** Columns that a line takes on a screen; emphasis takes none. */
export function displayWidth(line: string): number {
  return stripVTControlCharacters(line).length;
}

/** Programs whose command lines are printed to be copied. */
const programs = [
  "npx",
  "npm",
  "provision",
  "terraform",
  "tofu",
  "aws",
  "kubectl",
  "psql",
  "export",
  "cp",
  "git",
];

/**
 * A command: what follows `run: `, but not `last run: `; a line of this product after a colon; or a program's name where a line
 * or a second column begins. It ends at `; ` or a column.
 */
const command = String.raw`(?:${[
  String.raw`(?<=(?<!\blast )\b[Rr]un: )\S`,
  String.raw`(?<=: )(?:\x1b\[\d+m)*(?:npx ts-node|npx provision|provision) `,
  String.raw`(?<=^\s*|\s{2})(?:\x1b\[\d+m)*(?:${programs.join("|")}) (?!\d)`,
].join("|")})(?:(?!; |\s{2}).)*;?`;
const piece = new RegExp(String.raw`(?<gap>\s*)(?<token>${command}|\S+)`, "g");

/**
 * Breaks long lines of a text at spaces; what continues is indented by `hanging` more than its line. A command stays on one
 * line, and so does a word, such as a path: both are copied.
 */
export function wrapText(text: string, columns: number, hanging = 2): string {
  return text
    .split("\n")
    .flatMap((line) => wrapLine(line, columns, hanging))
    .join("\n");
}

function wrapLine(line: string, columns: number, hanging: number): readonly string[] {
  if (displayWidth(line) <= columns) return [line];
  const indent = /^ */.exec(stripVTControlCharacters(line))?.[0].length ?? 0;
  const continued = " ".repeat(Math.min(indent + hanging, Math.floor(columns / 2)));
  const lines: string[] = [];
  let current = "";
  for (const { groups: { gap = "", token = "" } = {} } of line.matchAll(piece)) {
    const longer = `${current}${gap}${token}`;
    if (current.trim() === "" || displayWidth(longer) <= columns) {
      current = longer;
    } else {
      lines.push(current);
      current = `${continued}${token}`;
    }
  }
  return [...lines, current];
}
