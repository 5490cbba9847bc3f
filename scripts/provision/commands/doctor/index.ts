import { exitCodes } from "../../../../lib/errors";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = { format: option.format("text", "json") };

/** A run of `provision doctor`. */
export type DoctorRun = RunWith<typeof options>;

/** `provision doctor`. */
export const doctor = defineCommand({
  name: "doctor",
  verb: "examine",
  summary: "check within 10 s what apply needs: programs, credentials, account, state bucket, this machine",
  examples: [
    ["doctor --env prod", "before a maintenance window"],
    ["doctor --env prod --json", "every check with its reason, for a program"],
  ],
  options,
  uses: {
    terraform: false,
    asksAws: "what must be true before the first layer, and writes one small object beside the states",
    withoutAws: "runs",
    rehearsal: "on request",
    selection: "range",
  },
  exits: { [exitCodes.preflightFailed]: "a check failed; each says what corrects it" },
  load: () => import("./doctor.ts"),
});
