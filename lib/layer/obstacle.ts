import type { AwsCall } from "./aws-call";
import type { Refusal, Subject } from "./question";

/** An object that is in the way of a destroy. */
export interface Present {
  readonly id: string;
  /** AWS is deleting it already. */
  readonly deleting?: boolean;
}

interface Handling<Found, Deleted> {
  /** Lists the objects. */
  readonly call: AwsCall<Found>;
  present(answer: Found): readonly Present[];
  delete(id: string): AwsCall<Deleted>;
  /** The error in an answer that reports it without failing. */
  refusal?(answer: Deleted): Refusal | undefined;
}

/**
 * Objects of one kind that AWS creates by itself inside a layer's resources, and that keep these from being deleted.
 * `about` is their kind in plural; `actions` list them. The layer's resources give the right to delete such objects.
 */
export type Obstacle = Subject & Handling<unknown, unknown>;

/** Declares such objects; exists so that the types of both answers are inferred. */
export function obstacle<Found, Deleted>(given: Subject & Handling<Found, Deleted>): Obstacle {
  return given;
}
