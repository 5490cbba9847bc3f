/** A command of the product whose screen is shown in the documents. */
export interface Scene {
  /** In the repository. */
  readonly file: string;
  readonly title: string;
  readonly description: string;
  /** Command lines that lead to it and are not shown. */
  readonly before: readonly string[];
  /** What is then edited in the environment file: text that it has, and what takes its place. */
  readonly edit?: readonly [text: string, instead: string];
  /** What is typed, without the program. */
  readonly args: string;
  readonly exitCode: number;
  /** How many rows are shown at the beginning and at the end, and what is between them; unset: all rows. */
  readonly cut?: { readonly first: number; readonly last: number; readonly between: string };
}

/** Settings of one layer as they are in configs/dev.yaml, and as they are changed for the picture of a plan. */
export const changedSettings: readonly [text: string, instead: string] = [
  "layers:\n",
  "layers:\n  aurora: { instances: 2, maxCapacityAcu: 8 }\n",
];

/** Every picture. */
export const scenes: readonly Scene[] = [
  {
    file: "docs/pictures/rehearsal.svg",
    title: "A rehearsal in a terminal",
    description:
      "The output of a rehearsal of the environment dev: one line for each of the layers, with what was added and how long it took. In the end, everything was applied, planned again without changes, and destroyed.",
    before: [],
    args: "--env dev --rehearse",
    exitCode: 0,
    cut: { first: 27, last: 3, between: "the second plan and the destroy, in the same form" },
  },
  {
    file: "docs/pictures/plan.svg",
    title: "A plan in a terminal",
    description:
      "The output of a plan after two settings of the layer aurora were changed: what is created, and which attributes change.",
    before: ["apply --env dev --rehearse --only s3-backend,kms,audit,vpc,aurora"],
    edit: changedSettings,
    args: "plan --env dev --rehearse --only aurora",
    exitCode: 0,
  },
];
