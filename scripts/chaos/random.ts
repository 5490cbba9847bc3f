/** A stream of chance that is the same for the same seed, on every machine. */
export interface Chance {
  /** From 0 up to, and without, 1. */
  readonly next: () => number;
  /** One of some; the list must not be empty. */
  readonly of: <Value>(values: readonly [Value, ...Value[]]) => Value;
}

/** Mulberry32: small, and even enough to choose moments by. */
export function chance(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, of: (values) => values[Math.floor(next() * values.length)] ?? values[0] };
}
