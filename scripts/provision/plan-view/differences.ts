import type { AttributeChange, PlannedValue } from "../run/plan";
import { attributeChanges } from "../terraform/attribute-changes";
import { PlanSide } from "../terraform/plan-side";
import { jsonOrUndefined } from "../run/json";

/** Longer texts are not compared line by line. */
const mostLines = 2_000;

/** What changed inside a JSON document, e.g. a policy; undefined unless both values are one. */
export function jsonChanges({ before, after }: AttributeChange): readonly AttributeChange[] | undefined {
  const documents = [before, after].map(documentOf);
  if (documents.some((document) => document === undefined)) return undefined;
  const [former, latter] = documents.map((document) => new PlanSide(document));
  if (former === undefined || latter === undefined) return undefined;
  return attributeChanges({ before: former, after: latter, replacePaths: [], mask: String });
}

/** What changed in a text of several lines, each with `+` or `-` in front; undefined unless both values are texts and one has several lines. */
export function lineChanges({ before, after }: AttributeChange): readonly string[] | undefined {
  const texts = [before, after].map(textOf);
  const [former, latter] = texts.map((text) => text?.split("\n") ?? []);
  if (texts.includes(undefined) || former === undefined || latter === undefined) return undefined;
  const lines = former.length + latter.length;
  if (lines < 3 || lines > mostLines) return undefined;
  return differingLines(former, latter);
}

/** The object or list that a text contains as JSON; undefined for anything else. */
export function documentOf(value: PlannedValue): unknown {
  const text = textOf(value) ?? "";
  // Most values are no document, and a failed attempt to parse takes long.
  const parsed = /^\s*[[{]/.test(text) ? jsonOrUndefined(text) : undefined;
  return typeof parsed === "object" && parsed !== null ? parsed : undefined;
}

function textOf(value: PlannedValue): string | undefined {
  return value.kind === "value" && typeof value.value === "string" ? value.value : undefined;
}

/** By the longest common subsequence: https://en.wikipedia.org/wiki/Longest_common_subsequence */
function differingLines(former: readonly string[], latter: readonly string[]): readonly string[] {
  const lengths = commonLengths(former, latter);
  const common = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  const found: string[] = [];
  let row = 0;
  let column = 0;
  while (row < former.length || column < latter.length) {
    if (row < former.length && column < latter.length && former[row] === latter[column]) {
      row += 1;
      column += 1;
    } else if (
      column >= latter.length ||
      (row < former.length && common(row + 1, column) >= common(row, column + 1))
    ) {
      found.push(`- ${former[row] ?? ""}`);
      row += 1;
    } else {
      found.push(`+ ${latter[column] ?? ""}`);
      column += 1;
    }
  }
  return found;
}

/** How many lines two texts have in common from these lines on. */
function commonLengths(former: readonly string[], latter: readonly string[]): readonly Uint16Array[] {
  const rows = Array.from({ length: former.length + 1 }, () => new Uint16Array(latter.length + 1));
  for (let row = former.length - 1; row >= 0; row -= 1)
    for (let column = latter.length - 1; column >= 0; column -= 1) {
      const next = rows[row + 1];
      const current = rows[row];
      if (next === undefined || current === undefined) continue;
      current[column] =
        former[row] === latter[column]
          ? (next[column + 1] ?? 0) + 1
          : Math.max(next[column] ?? 0, current[column + 1] ?? 0);
    }
  return rows;
}
