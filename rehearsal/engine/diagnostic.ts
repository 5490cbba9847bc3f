/** An error or a warning as Terraform shows it. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  /** Attribute it is about; a number is an index into a list of blocks. */
  readonly path?: readonly (string | number)[];
}

/** An error diagnostic. */
export function problem(summary: string, detail?: string, path?: readonly (string | number)[]): Diagnostic {
  return { severity: "error", summary, ...(detail && { detail }), ...(path && { path }) };
}
