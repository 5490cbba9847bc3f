import type { Ticks } from "./account";
import { type Kind, kindNames } from "./kinds";
import { chance } from "./random";

/** When a disturbance begins: while the state bucket makes itself, in later layers, or in a destroy. */
export const phases = ["bootstrap", "layers", "destroy"] as const;
export type Phase = (typeof phases)[number];

/** One run: everything about it follows from its seed. */
export interface Case {
  readonly seed: number;
  readonly kind: Kind;
  readonly phase: Phase;
  /** Whether all layers are in it, instead of four. */
  readonly all: boolean;
  /** How much of the undisturbed work is done when the disturbance begins, from 0 to 1, and what counts as work. */
  readonly moment: number;
  readonly measure: keyof Ticks;
  /** Further milliseconds until it begins. */
  readonly jitterMs: number;
  /** Milliseconds for which the provider waits after each change, as it does for AWS. */
  readonly readyMs: number;
  /** How long a disturbance lasts that can end, in seconds; undefined: until the command has ended. */
  readonly seconds: number | undefined;
  /** Between two signals, in milliseconds. */
  readonly pauseMs: number;
  /** What comes first afterwards: the same command again, or what the message says. */
  readonly first: "same" | "message";
  /** One of several ways in which a kind happens. */
  readonly variant: "early" | "late";
}

/** Of so many runs, one is of all layers; no multiple of how many kinds there are. */
const allEvery = 29;

/** The kinds take turns, and then the phases, so that each meets each; `kinds` is what is left of them after `--only`. */
export function caseOf(seed: number, only: readonly Kind[] = kindNames): Case {
  const { next, of } = chance(seed);
  const turn = Math.floor(seed / only.length);
  return {
    seed,
    kind: only[seed % only.length] ?? "int",
    phase: phases[turn % phases.length] ?? "layers",
    all: seed % allEvery === allEvery - 1,
    moment: next(),
    measure: of(["objects", "objects", "objects", "requests"]),
    jitterMs: Math.floor(next() * 150),
    readyMs: of([100, 300, 1000]),
    seconds: of([2, 8, undefined]),
    pauseMs: of([50, 500, 2000]),
    first: of(["same", "message"]),
    variant: of(["early", "late"]),
  };
}
