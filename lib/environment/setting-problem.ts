import type { Problem } from "../layer/layer";

/** A place in an environment file, from its top: keys, and positions in lists. */
export type Path = readonly (string | number)[];

/** A problem that says whether the key or the value of a setting is wrong. */
export interface SettingProblem extends Problem {
  readonly part?: "key";
  /** How the message quotes a value that YAML may have read as another than is written. */
  readonly quoted?: string;
}
