import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = { format: option.format("table", "json") };

/** A run of `provision outputs`. */
export type OutputsRun = RunWith<typeof options>;

/** `provision outputs`. */
export const outputs = defineCommand({
  name: "outputs",
  verb: "print the outputs of",
  summary: "print the outputs of applied layers",
  examples: [
    ["outputs --env prod", "every output, as a table"],
    ["outputs --env prod --only eks --json", "those of one layer, for a program"],
  ],
  options,
  uses: { terraform: true, rehearsal: "on request", selection: "range" },
  load: () => import("./outputs.ts"),
});
