/** A command that a message says to run, and whether it comes after another one of the same message. */
const run = /(?:^|[\s;:,(])(?:[Rr]un|Go on with): (.+?)(?=; (?:then|and)\b|; run: |, and: |$)/g;

/**
 * The commands that the last message of `provision` says to run, in its order; empty if it names none. A placeholder such as
 * `<lock ID>` is nobody's command, so that the whole message counts as naming none.
 */
export function commandsIn(output: string): readonly string[] {
  const lines = output.trimEnd().split("\n");
  // The hint is indented below the message, which begins with "Cannot"; a wrapped hint has more lines.
  const from = lines.findLastIndex((line) => /^Cannot /.test(line));
  if (from < 0) return [];
  return named(lines.slice(from).map((line) => line.trim()));
}

/** The commands that a run which succeeded says to run all the same: its last lines tell of a lock that it could not release. */
export function leftIn(output: string): readonly string[] {
  return named(output.split("\n").filter((line) => /^ +Cannot /.test(line)));
}

function named(lines: readonly string[]): readonly string[] {
  const found = lines.flatMap((line) => [...line.matchAll(run)].map((match) => match[1] ?? ""));
  return found.some((command) => /<[^>]+>/.test(command)) ? [] : found;
}
