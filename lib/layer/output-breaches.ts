import type { KeyedOutput, Outputs, TextOutput } from "./outputs";

/** Compares the outputs that Terraform reports with the declared ones; returns one sentence for each difference. */
export function outputBreaches(outputs: Outputs, found: Readonly<Record<string, unknown>>): string[] {
  const undeclared = Object.keys(found).filter((name) => !Object.hasOwn(outputs, name));
  return [
    ...Object.entries(outputs).flatMap(([name, output]) => breach(name, output, found[name])),
    ...undeclared.map((name) => `"${name}" is not declared`),
  ];
}

function breach(name: string, output: TextOutput | KeyedOutput, value: unknown): string[] {
  if (value === undefined || value === null) return [`"${name}" is missing`];
  if (output.kind === "text") {
    if (typeof value !== "string" || value === "") return [`"${name}" is not a non-empty string`];
    if (output.pattern && !output.pattern.test(value))
      return [`"${name}" is "${value}", which does not match ${String(output.pattern)}`];
    return [];
  }
  if (typeof value !== "object" || Array.isArray(value)) return [`"${name}" is not a map`];
  const entries = new Map<string, unknown>(Object.entries(value));
  const absent = (output.keys ?? []).filter((key) => !entries.has(key));
  const wrong = [...entries].filter(([, item]) => typeof item !== "string" || item === "");
  return [
    ...absent.map((key) => `"${name}" has no "${key}"`),
    ...wrong.map(([key]) => `"${name}.${key}" is not a non-empty string`),
  ];
}
