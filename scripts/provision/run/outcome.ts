import { counted } from "./counted";

/** Objects added, changed and destroyed. */
export interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** Something in a cluster that apply corrects: an object is created, changed or deleted. */
export interface FoundInCluster {
  /** For the operator: what is there, or what is missing. */
  readonly text: string;
  readonly effect: keyof Counts;
}

/** The outcome of one layer in a run. */
export interface Outcome {
  readonly kind:
    | "applied"
    | "unchanged"
    | "skipped"
    | "to change"
    | "waiting"
    | "destroyed"
    | "nothing to destroy"
    | "declined"
    | "refused"
    | "failed"
    | "interrupted"
    | "not run";
  /** The layer it waits for, or why it was not run. */
  readonly because?: string;
  readonly counts?: Counts;
}

/** One row of the closing table. */
export interface Row extends Outcome {
  /** Or what was done before a layer. */
  readonly layer: string;
  /** It is no layer, but was done before one. */
  readonly preparation?: true;
  /** How often something was repeated; unset: never. */
  readonly retries?: number;
  readonly seconds: number;
}

/** Serials of a layer's state; unset where there is no state, or where it cannot be read. */
export interface Serials {
  readonly before?: number;
  readonly after?: number;
  /** Of the state after. */
  readonly lineage?: string;
  /** Something that the run began to create is not in the state after, or that state cannot be read. */
  readonly lacks?: true;
}

/** An outcome as text: "not run because vpc failed", "applied, 2 retries". */
export function outcomeText({ kind, because, retries }: Outcome & Pick<Row, "retries">): string {
  if (because === undefined)
    return retries === undefined ? kind : `${kind}, ${counted(retries, "retry", "retries")}`;
  return kind === "waiting" ? `waiting for ${because}` : `${kind} because ${because}`;
}
