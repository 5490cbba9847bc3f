import { exitCodes } from "../../../../lib/errors";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = {
  timeout: option.value("--timeout <minutes>", "give up after so many minutes; default: 90"),
  format: option.format("text", "json"),
};

/** A run of `provision rollout`. */
export type RolloutRun = RunWith<typeof options>;

/** `provision rollout`. */
export const rollout = defineCommand({
  name: "rollout",
  verb: "watch the rollout of",
  summary: "watch the applications that Argo CD deploys until all are healthy; changes nothing",
  examples: [
    ["rollout --env prod", "every application by wave, then load balancers, certificate, DNS and sidecars"],
    ["rollout --env prod --json --timeout 60", "the same for a program, with a limit of an hour"],
  ],
  options,
  uses: { terraform: true, sessions: "if needed", rehearsal: "no", selection: "every" },
  exits: { [exitCodes.failed]: "an application or a check fails, or the time is over" },
  load: () => import("./rollout.ts"),
});
