/** The least and the most of something. */
export type Range = readonly [low: number, high: number];

/** One thing that AWS bills for each resource of a type. */
export interface Price {
  /** The billed item, e.g. `requests to queues`. */
  readonly item: string;
  /** The unit, in the singular, e.g. `million`. */
  readonly unit: string;
  /** USD for one unit: the same in every region, or by region. */
  readonly usd: number | Readonly<Record<string, number>>;
  /** Whether it is billed by the hour, for all of the month. */
  readonly hourly?: true;
  /** Units that a resource takes in a month, from its arguments where they decide; default: 1. */
  readonly amount?: number | Range | ((given: Readonly<Record<string, unknown>>) => number | Range);
  /** Whether the amount is an assumption on use. */
  readonly assumed?: true;
}

/** Prices by resource type, e.g. `aws_sqs_queue`; of a type that costs nothing, an empty list. */
export type PricesByType = Readonly<Record<string, readonly Price[]>>;
