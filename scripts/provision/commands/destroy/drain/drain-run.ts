import type { Run } from "../../../run/run";

/** Options of a destroy that its drain reads; a rehearsal of the whole cycle has none of them. */
interface DrainOptions {
  readonly skipDrain?: boolean;
  readonly removeFinalizers?: boolean;
}

/** A run that may drain a cluster. */
export type DrainRun = Run<DrainOptions>;
