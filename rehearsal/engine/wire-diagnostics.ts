import type { Diagnostic } from "./diagnostic";

const severityNumbers = { error: 1, warning: 2 };

/** Diagnostics as fields of their message. */
export function wireDiagnostics(diagnostics: readonly Diagnostic[]): Record<string, unknown>[] {
  return diagnostics.map(({ severity, summary, detail, path }) => ({
    severity: severityNumbers[severity],
    summary,
    detail,
    attribute: path && { steps: path.map(step) },
  }));
}

function step(key: string | number): Record<string, unknown> {
  return typeof key === "number" ? { element_key_int: key } : { attribute_name: key };
}
