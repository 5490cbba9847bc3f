import { z } from "zod";

/** How AWS or Kubernetes compares two values of a kind, where it does not compare the whole text or map. */
export interface Sameness {
  /** Equal for two values that are the same to the service that gets them. */
  readonly key: (value: unknown) => string;
  /** The keys of a map that are compared, for messages; unset: all of them. */
  readonly parts?: string;
}

/** How values are compared, by their schema; register it last, because `refine` and `describe` return a new schema. */
export const sameness = z.registry<Sameness>();

/** Lists in which equal entries have a meaning, such as the arguments of a program. */
export const repeatable = z.registry<object>();

/**
 * The names of roles and policies, of which IAM keeps no two that differ only by case:
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export const nameInIam: Sameness = { key: (arn) => String(arn).toLowerCase() };
