/** A rule that AWS's documentation has in words and its models have not. */
export interface DocumentedRule {
  /** `service.Operation` of each request that it concerns. */
  readonly operations: readonly string[];
  /** Path of the member; what is in a list counts for each of its items. */
  readonly member: string;
  readonly rule: string;
  /** Where AWS documents it. */
  readonly source: string;
  readonly holds: (value: unknown) => boolean;
}

/** A rule for texts. */
export function text(holds: (value: string) => boolean): (value: unknown) => boolean {
  return (value) => typeof value === "string" && holds(value);
}
