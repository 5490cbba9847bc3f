import type { Run } from "../../../run/run";

/** Options of a destroy that its steps read; a rehearsal of the whole cycle has none of them. */
interface DrainOptions {
  readonly removeLeftovers?: boolean;
  readonly skipDrain?: boolean;
  readonly removeFinalizers?: boolean;
}

/** A run that may drain a cluster. */
export type DrainRun = Run<DrainOptions>;
