/** A change in a plan, with what a test is about. */
export interface PlannedJson {
  readonly actions?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly after_unknown?: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id: string };
}

/** The JSON of a plan as Terraform 1.11 prints it, with changes by address. */
export function planJson(
  changes: Readonly<Record<string, PlannedJson>>,
  others: Readonly<Record<string, unknown>> = {},
): string {
  const resource_changes = Object.entries(changes).map(([address, change]) => {
    const [type = "", name = ""] = address.split(".");
    return {
      address,
      mode: "managed",
      type,
      name: name.replace(/\[.*/, ""),
      change: { actions: ["update"], ...change },
    };
  });
  return JSON.stringify({ format_version: "1.2", resource_changes, ...others });
}
