import { z } from "zod";

const position = z.object({ line: z.number(), column: z.number() });

/** A diagnostic in Terraform's machine-readable output. */
export const diagnosticShape = z.object({
  severity: z.string(),
  summary: z.string(),
  detail: z.string().default(""),
  address: z.string().optional(),
  range: z.object({ filename: z.string(), start: position }).optional(),
  snippet: z
    .object({
      context: z.string().nullish(),
      code: z.string(),
      start_line: z.number(),
      values: z
        .array(z.object({ traversal: z.string(), statement: z.string() }))
        .nullish()
        .transform((values) => values ?? []),
    })
    .nullish(),
});
export type Diagnostic = z.infer<typeof diagnosticShape>;

/** Formats a diagnostic as Terraform's human-readable output does. */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const { severity, summary, address, detail } = diagnostic;
  const title = `${severity === "error" ? "Error" : "Warning"}: ${summary}`;
  const where = [...(address === undefined ? [] : [`  with ${address},`]), ...renderSource(diagnostic)];
  return [title, where.join("\n"), detail].filter((part) => part !== "").join("\n\n");
}

function renderSource({ range, snippet }: Diagnostic): readonly string[] {
  if (!range) return [];
  const place = `  on ${range.filename} line ${range.start.line}`;
  if (!snippet) return [`${place}:`];
  const code = snippet.code
    .split("\n")
    .map((text, index) => `${String(snippet.start_line + index).padStart(4)}: ${text}`);
  const values = snippet.values.map(({ traversal, statement }) => `    │ ${traversal} ${statement}`);
  return [
    `${place}${snippet.context ? `, in ${snippet.context}` : ""}:`,
    ...code,
    ...(values.length > 0 ? ["    ├────────────────", ...values] : []),
  ];
}
