/** A quota of AWS that an environment needs a part of. */
export interface Quota {
  readonly service: string;
  readonly code: string;
  /** As the Service Quotas console has it. */
  readonly name: string;
  /** Default value of the quota; it can be lower in new accounts. */
  readonly default: number;
  /** Where it counts; quotas of the whole account are raised in one region of the partition. */
  readonly scope: "region" | "account";
}

/** A quota that resources of one type count against. */
export interface QuotaUse {
  readonly quota: Quota;
  /** How much of it a resource takes, from its arguments; default: 1. */
  readonly amount?: (given: Readonly<Record<string, unknown>>) => number;
}

/** Quotas by resource type, e.g. `aws_sqs_queue`. */
export type QuotasByType = Readonly<Record<string, readonly QuotaUse[]>>;
