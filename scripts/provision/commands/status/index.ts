import { exitCodes } from "../../../../lib/errors";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = { format: option.format("table", "json") };

/** A run of `provision status`. */
export type StatusRun = RunWith<typeof options>;

/** `provision status`. */
export const status = defineCommand({
  name: "status",
  verb: "print the status of",
  summary: "print which layers are applied and since when, who holds a lock, and what is pending",
  examples: [
    ["status --env prod", "the state of every layer, read from the state bucket alone"],
    ["status --env prod --only eks --json", "that of one layer, for a program"],
  ],
  options,
  uses: {
    terraform: false,
    asksAws: "the objects of the state bucket",
    rehearsal: "no",
    selection: "range",
    synthesis: "none",
  },
  exits: {
    [exitCodes.failed]:
      "the state of a layer is gone, or older than a run has left it, or cannot be read; or the bucket cannot",
  },
  load: () => import("./status.ts"),
});
