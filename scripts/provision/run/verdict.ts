/** What came of looking at one thing that a run needs. */
export type Verdict =
  | {
      /** `skipped`: nobody looked, or it could not be told. */
      readonly state: "ok" | "skipped";
      /** What is there, or why it is unknown, as half a sentence. */
      readonly found: string;
    }
  | {
      /** `failed`: a run would not start, or would not end well. */
      readonly state: "warning" | "failed";
      readonly found: string;
      /** An action: a command to run, or a file and key to edit. */
      readonly cure: string;
    };

/** Something that a run needs, and how to find out whether it is there. */
export interface Look<Ground> {
  readonly about: string;
  /** What it is for, as a clause: `the states are kept there`. */
  readonly why: string;
  /** Never rejects for what the operator or AWS did; several verdicts: one for each thing that is amiss. */
  readonly look: (ground: Ground) => Promise<Verdict | readonly Verdict[]>;
}
