import type { PlannedChange } from "../run/plan";
import { printable } from "../screen/printable";

/** Objects by type, each with its name: `aws_subnet (6)  private-us-west-2a, private-us-west-2b`. */
export function objectsByType(
  title: string,
  changes: readonly PlannedChange[],
  {
    columns,
    mostLines = Infinity,
  }: { readonly columns: number; /** Of names, for each type. */ readonly mostLines?: number },
): readonly string[] {
  if (changes.length === 0) return [];
  const types = [...new Set(changes.map(({ type }) => type))].sort();
  const groups = types.flatMap((type) => {
    const group = changes.filter((change) => change.type === type);
    const names = group.map(({ name }) => name);
    const title = `${type}${names.length > 1 ? ` (${names.length})` : ""}${because(group)}`;
    const lines = wrapped(`${title}${title.endsWith(":") ? " " : "  "}`, names, columns - 4);
    if (lines.length <= mostLines) return lines;
    return [...lines.slice(0, mostLines - 1), `    ... and others, ${names.length} in all`];
  });
  return [title, ...groups.map((line) => `    ${line}`)].map(printable);
}

/** Names separated by commas, on lines of that many columns. */
export function wrapped(start: string, names: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  let line = start;
  for (const [index, name] of names.entries()) {
    const item = index === names.length - 1 ? name : `${name}, `;
    if (line.length + item.trimEnd().length > columns && line.trim() !== "") {
      lines.push(line.trimEnd());
      line = "    ";
    }
    line += item;
  }
  return [...lines, line.trimEnd()];
}

/** The arguments that force the replacement of these objects. */
function because(changes: readonly PlannedChange[]): string {
  const forcing = changes.flatMap(({ attributes }) => attributes.filter((one) => one.forcesReplacement));
  const paths = [...new Set(forcing.map(({ path }) => path))];
  return paths.length === 0 ? "" : ` because of ${paths.join(", ")}:`;
}
