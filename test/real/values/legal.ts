import type fc from "fast-check";
import type { Place } from "./place";

/** Settings that are chosen together, with their legal values. */
export interface Legal {
  /** Dotted paths, e.g. `layers.efs.throughputMode`. */
  readonly paths: readonly string[];
  /** One value for each path; undefined leaves the setting out. */
  readonly values: (place: Place) => fc.Arbitrary<readonly unknown[]>;
}

/** Legal values of settings, by their paths. */
export function legal(paths: Legal["paths"], values: Legal["values"]): Legal {
  return { paths, values };
}

/** Legal values of one setting. */
export function legalOf(path: string, values: (place: Place) => fc.Arbitrary<unknown>): Legal {
  return legal([path], (place) => values(place).map((value) => [value]));
}
