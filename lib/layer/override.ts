/** A resource that a plan changes. */
export interface PlannedChange {
  readonly type: string;
  /** Its name in Terraform, without key. */
  readonly name: string;
  /** As in Terraform's JSON of a plan, e.g. `["update"]`. */
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** A correction of a layer's JSON for one plan. */
export interface Override {
  /** What is merged into the layer's JSON: https://developer.hashicorp.com/terraform/language/files/override */
  readonly json: object;
  /** What it changes and why, for the operator. */
  readonly note: string;
}
