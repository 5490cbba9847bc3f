type Emphasis = (text: string) => string;

/** Emphasis for a terminal; functions that change nothing elsewhere. */
export interface Ink {
  readonly bold: Emphasis;
  readonly dim: Emphasis;
  readonly red: Emphasis;
  readonly green: Emphasis;
  readonly yellow: Emphasis;
}
