import { printable } from "../screen/printable";

/** Text that Markdown and HTML take literally; `@` notifies nobody. */
export function markdownText(text: string): string {
  return printable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_{}[\]()#+.!|~-]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll("@", "&#64;");
}

/**
 * Lines in a block that nothing in them can end, coloured as a difference: what is in front of a line is its sign, and `!`
 * stands for a change in place.
 */
export function markdownBlock(lines: readonly string[]): string {
  const text = lines.map(printable).map(signFirst).join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}diff\n${text}\n${fence}`;
}

function signFirst(line: string): string {
  return line.replace(/^( *)(-\/\+|[-+~]) /, (_, indent: string, sign: string) => {
    return `${sign === "~" ? "!" : sign}${indent} `;
  });
}
