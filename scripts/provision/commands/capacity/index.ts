import { exitCodes } from "../../../../lib/errors";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = { format: option.format("table", "json") };

/** A run of `provision capacity`. */
export type CapacityRun = RunWith<typeof options>;

/** `provision capacity`. */
export const capacity = defineCommand({
  name: "capacity",
  summary: "print addresses, quotas and cost of the environment; asks nothing of AWS",
  examples: [
    ["capacity --env prod", "what it takes of account, network and budget"],
    ["capacity --env prod --json", "the same, for a program"],
  ],
  options,
  uses: { terraform: false, rehearsal: "no", selection: "every" },
  exits: {
    [exitCodes.failed]:
      "something does not fit: pods on their nodes, addresses in a subnet, or volumes; quotas are listed only",
  },
  load: () => import("./capacity.ts"),
});
