/** The summary of Terraform's first error and the resource it is about, for the last lines of a run. */
export function firstError(output: string): string {
  const summary = /^(?:│ )?Error: (.+)$/m.exec(output)?.[1];
  if (summary === undefined) return "";
  const address = /^(?:│)? +with (\S+),$/m.exec(output)?.[1];
  return `${address === undefined ? "" : ` at "${address}"`} with "${summary}"`;
}

/** Each error in Terraform's output, with line breaks and frames as spaces. */
export function errorsIn(output: string): readonly string[] {
  const parts = output.split(/^(?=(?:│ )?Error: )/m).map((part) => part.replaceAll(/[\s│╷╵]+/g, " ").trim());
  return parts.filter((part) => part.startsWith("Error: "));
}

/** Shortens Terraform's timestamp, or that of a lock of its, to minutes. */
export function inMinutes(created: string | undefined): string {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)/.exec(created?.trim() ?? "");
  return match ? `${match[1] ?? ""} ${match[2] ?? ""} UTC` : (created ?? "an unknown time");
}
