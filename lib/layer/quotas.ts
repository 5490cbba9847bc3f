/** A quota of AWS that an environment needs a part of. */
export interface Quota {
  readonly service: string;
  /** The code by which Service Quotas raises it; empty for one that AWS raises for no account. */
  readonly code: string;
  /** As the Service Quotas console has it. */
  readonly name: string;
  /** Default value of the quota; it can be lower in new accounts. */
  readonly default: number;
  /** Where it counts; quotas of the whole account are raised in one region of the partition. */
  readonly scope: "region" | "account";
  /** For a quota without a code: the arguments of the AWS CLI that list what counts against it. */
  readonly list?: string;
}

/** A quota that resources of one type count against. */
export interface QuotaUse {
  readonly quota: Quota;
  /** How much of it a resource takes, from its arguments; default: 1. */
  readonly amount?: (given: Readonly<Record<string, unknown>>) => number;
}

/** Quotas by resource type, e.g. `aws_sqs_queue`. */
export type QuotasByType = Readonly<Record<string, readonly QuotaUse[]>>;
