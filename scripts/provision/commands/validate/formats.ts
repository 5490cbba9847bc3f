import type { Ink } from "../../../../lib/ink";
import type { CheckedFile } from "./check-file";
import type { Finding } from "./finding";

/** For people, and for terminals that open `file:line:column`. */
export function textOf(ink: Ink, checked: readonly CheckedFile[]): string {
  const invalid = checked.filter(({ valid }) => !valid).length;
  const summary =
    invalid === 0
      ? ink.green(checked.length === 1 ? "valid" : `all ${checked.length} files are valid`)
      : ink.red(checked.length === 1 ? "invalid" : `${invalid} of ${checked.length} files are invalid`);
  return [
    ...checked.flatMap((file) => [...file.problems.flatMap(findingLines), summaryLine(file)]),
    summary,
  ].join("\n");
}

function findingLines({ file, line, column, path, severity, message, hint }: Finding): readonly string[] {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  const kind = severity === "warning" ? "warning: " : "";
  const text = `${place} ${kind}${path === undefined ? "" : `${path}: `}${message}`;
  return hint === undefined ? [text] : [text, `    ${hint}`];
}

function summaryLine({ file, valid, environment, layers = 0, problems }: CheckedFile): string {
  if (!valid) return `${file}: ${problems.length === 1 ? "1 problem" : `${problems.length} problems`}`;
  const { name = "", account = "", region = "" } = environment ?? {};
  return `${file}: ${name} in account ${account}, ${region}, ${layers} layers`;
}

/** For programs, such as editors. */
export function documentOf(checked: readonly CheckedFile[]): string {
  return JSON.stringify({ valid: checked.every(({ valid }) => valid), files: checked }, undefined, 2);
}

/** For GitHub Actions: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
export function annotations(checked: readonly CheckedFile[]): string {
  const lines = checked.flatMap(({ problems }) => problems.map(annotation));
  return [...lines, ...checked.map(summaryLine)].join("\n");
}

function annotation({ severity, file, line, column, path, message, hint }: Finding): string {
  const properties = Object.entries({ file, line, col: column, title: path ?? "environment file" }).flatMap(
    ([name, value]) => (value === undefined ? [] : [`${name}=${escaped(String(value), /[%\r\n:,]/g)}`]),
  );
  const text = hint === undefined ? message : `${message}\n${hint}`;
  return `::${severity} ${properties.join()}::${escaped(text, /[%\r\n]/g)}`;
}

/** As GitHub's own toolkit escapes: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escaped(text: string, special: RegExp): string {
  return text.replaceAll(special, (found) => encodeURIComponent(found));
}
