import { exitCodes } from "../../../../lib/errors";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = {
  run: option.value("--run <run>", "every transition of this run"),
  format: option.format("table", "json"),
};

/** A run of `provision history`. */
export type HistoryRun = RunWith<typeof options>;

/** `provision history`. */
export const history = defineCommand({
  name: "history",
  verb: "print the history of",
  summary: "list the runs that changed an environment, or could have: when, who, what, and how they ended",
  examples: [
    ["history --env prod", "the newest runs, of everybody"],
    ["history 20260101T090000Z-5eed5eed --env prod", "what one run did, step by step"],
  ],
  argument: "run",
  options,
  uses: {
    terraform: false,
    asksAws: "the journal in the state bucket",
    withoutAws: "runs",
    rehearsal: "on request",
    selection: "every",
    synthesis: "none",
  },
  exits: { [exitCodes.failed]: "there is no such run" },
  load: () => import("./history.ts"),
});
