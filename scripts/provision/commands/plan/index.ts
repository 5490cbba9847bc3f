import { exitCodes } from "../../../../lib/errors";
import { commonOptions } from "../../command-line/common-options";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const { adoptStateBucket, out, save, verbose } = commonOptions;
const options = {
  format: option.format("text", "markdown", "json"),
  out,
  save,
  detailedExitcode: option.flag("--detailed-exitcode", "exit with 2 when there are changes"),
  adoptStateBucket,
  verbose,
};

/** A run of `provision plan`. */
export type PlanRun = RunWith<typeof options>;

/** `provision plan`. */
export const plan = defineCommand({
  name: "plan",
  summary: "show what apply would change, and change nothing",
  examples: [
    ["plan --env prod", "what would change"],
    ["plan --env prod --format markdown --out plan.md", "also for a comment on a pull request"],
    ["plan --env prod --save prod.plan", "to apply exactly this, later, or by somebody else"],
    ["plan --env prod --detailed-exitcode", "the same, with exit code 2 when something would"],
  ],
  options,
  uses: { terraform: true, rehearsal: "on request", selection: "range" },
  exits: { [exitCodes.changesPending]: "with --detailed-exitcode: there are changes" },
  load: () => import("./plan.ts"),
});
