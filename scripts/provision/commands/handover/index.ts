import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = { format: option.format("yaml", "json") };

/** A run of `provision handover`. */
export type HandoverRun = RunWith<typeof options>;

/** `provision handover`. */
export const handover = defineCommand({
  name: "handover",
  summary:
    "print what is handed over to the platform: values, value files, facts, names of Secrets, a digest",
  examples: [
    ["handover --env prod", "the whole document, with outputs of the layers that are applied"],
    ["handover --env prod --json | jq -r .digest", "what to compare before and after a change"],
    [
      "handover --env prod --json | jq .values > values.json",
      "values for helm template of the platform's charts",
    ],
  ],
  options,
  uses: {
    terraform: false,
    asksAws: "outputs in the state bucket, if there are credentials",
    withoutAws: "runs",
    rehearsal: "no",
    selection: "every",
  },
  load: () => import("./handover.ts"),
});
