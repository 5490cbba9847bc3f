import type { Ink } from "./ink";

/** What a text is laid out for: a screen's emphasis and its width, which has no end in a pipe. */
export interface Page {
  readonly ink: Ink;
  readonly columns: number;
}
