import { exitCodes } from "../../../../lib/errors";
import { defineCommand } from "../../run/command";

/** `provision unlock`. */
export const unlock = defineCommand({
  name: "unlock",
  summary: "show which run has locked an environment, and release its lock after asking",
  examples: [["unlock --env prod", "after a run that was killed on a machine that is gone"]],
  options: {},
  uses: {
    terraform: false,
    asksAws: "the lock in the state bucket",
    asks: true,
    rehearsal: "no",
    selection: "every",
    synthesis: "none",
  },
  exits: {
    [exitCodes.locked]: "the run that has the lock is still heard from, so that --yes does not release it",
  },
  load: () => import("./unlock.ts"),
});
