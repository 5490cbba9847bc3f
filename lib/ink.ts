type Emphasis = (text: string) => string;

/** Emphasis for a terminal; without one, the functions return the text unchanged. */
export interface Ink {
  readonly bold: Emphasis;
  readonly dim: Emphasis;
  readonly red: Emphasis;
  readonly green: Emphasis;
  readonly yellow: Emphasis;
}
