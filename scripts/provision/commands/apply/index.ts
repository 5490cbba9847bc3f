import { commonOptions } from "../../command-line/common-options";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const { plan, allowDataLoss, tainted, adoptStateBucket, verbose } = commonOptions;
const options = {
  plan,
  allowDataLoss,
  tainted,
  adoptStateBucket,
  verbose,
  check: option.flag("--check", "plan every layer, also those that an unfinished run has finished"),
  skipRollout: option.flag(
    "--skip-rollout",
    "do not wait until the applications that Argo CD deploys are healthy",
  ),
};

/** A run of `provision apply`. */
export type ApplyRun = RunWith<typeof options>;

/** `provision apply`, or no command at all. */
export const apply = defineCommand({
  name: "apply",
  summary: "plan, show, ask and apply each layer in order",
  examples: [
    [
      "--env prod",
      "apply every layer, asking each time; after a failure or an interrupt, go on where that run stopped",
    ],
    ["--env prod --from eks", "apply from a layer on"],
    ["apply prod.plan --env prod", "apply what plan --save wrote there, and nothing else"],
    ["apply --env prod --rehearse", "try it in a simulated account that is kept"],
  ],
  argument: "plan",
  options,
  uses: { terraform: true, changes: true, asks: true, rehearsal: "on request", selection: "range" },
  implied: "without --rehearse",
  load: () => import("./apply.ts"),
});
