import type { PlannedChange } from "../run/plan";
import { printable } from "./printable";

/** Most lines of names for each type. */
const mostNameLines = 3;

/** Created objects by type, each with its name: `aws_subnet (6)  private-us-west-2a, private-us-west-2b`. */
export function createdObjects(created: readonly PlannedChange[], columns: number): readonly string[] {
  if (created.length === 0) return [];
  const types = [...new Set(created.map(({ type }) => type))].sort();
  const groups = types.flatMap((type) => {
    const names = created.filter((change) => change.type === type).map(({ name }) => name);
    return group(`${type}${names.length > 1 ? ` (${names.length})` : ""}`, names, columns - 4);
  });
  return [`+ ${created.length} to create:`, ...groups.map((line) => `    ${line}`)].map(printable);
}

function group(title: string, names: readonly string[], columns: number): readonly string[] {
  const short = names.length === 1 ? `${title}  ${names[0] ?? ""}` : "";
  if (short !== "" && short.length <= columns) return [short];
  const [first = "", ...others] = wrapped(`${title}  `, names, columns);
  const hidden = others.length + 1 - mostNameLines;
  if (hidden <= 0) return [first, ...others];
  return [first, ...others.slice(0, mostNameLines - 2), `    ... and others, ${names.length} in all`];
}

/** Names separated by commas, on lines of that many columns. */
function wrapped(start: string, names: readonly string[], columns: number): readonly string[] {
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
