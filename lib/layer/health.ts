import type { AwsCall } from "./aws-call";
import type { Asked } from "./question";

/** How AWS is asked about an object whose creation an earlier run did not see end, and what its answer means. */
export interface Health {
  /** IAM action of the call; the rights of the type already have it, because the provider reads the object by it. */
  readonly action: string;
  /** `id` is the object's `id` in the state. */
  ask(id: string): Asked;
  /** AWS's own word for the object's state, e.g. `available`; undefined: there is no such object. */
  state(answer: unknown): string | undefined;
  /** The words that mean that it can be used. */
  readonly healthy: readonly string[];
  /** Those that mean that AWS is still at work. */
  readonly busy: readonly string[];
}

/**
 * By Terraform's resource type. `exists`: AWS has no state for such objects, so that one that exists is complete; Terraform
 * itself finds out, whenever it plans.
 */
export type HealthByType = Readonly<Record<string, Health | "exists">>;

interface Stated<Output> extends Pick<Health, "action" | "healthy" | "busy"> {
  call(id: string): AwsCall<Output>;
  state(answer: Output): string | undefined;
}

/** A call of the AWS API that tells the state of an object; the type of the answer is inferred. */
export function health<Output>(given: Stated<Output>): Health {
  return { ...given, ask: (id) => ({ call: given.call(id) }) };
}
