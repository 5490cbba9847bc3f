/** Lines at which a document of a program may begin or end, beside what a wrapper of it prints. */
const triedLines = 20;

/** The JSON in the output of a program, without lines that a wrapper of it adds before or after; undefined if there is none. */
export function printedJson(text: string): string | undefined {
  if (jsonOrUndefined(text) !== undefined) return text;
  const lines = text.trimEnd().split("\n");
  const near = (from: number) => lines.slice(from, from + triedLines);
  const starts = near(0).flatMap((line, index) => (/^\s*[{[]/.test(line) ? [index] : []));
  const first = Math.max(lines.length - triedLines, 0);
  const ends = near(first).flatMap((line, index) => (/[}\]]\s*$/.test(line) ? [first + index] : []));
  for (const start of starts)
    for (const end of ends.toReversed()) {
      const part = lines.slice(start, end + 1).join("\n");
      if (jsonOrUndefined(part) !== undefined) return part;
    }
  return undefined;
}

/** Parses JSON; undefined if invalid. Throws no error, whose message would contain a part of the text. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
