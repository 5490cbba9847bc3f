import { commonOptions } from "../../command-line/common-options";
import { defineCommand } from "../../run/command";

const { allowDataLoss, adoptStateBucket, verbose } = commonOptions;

/** `provision rehearse`, or `--rehearse` without a command. */
export const rehearse = defineCommand({
  name: "rehearse",
  summary: "apply, plan and destroy every layer in a simulated account: no credentials, no questions",
  examples: [["--env dev --rehearse", "a full cycle of an environment, simulated"]],
  // Accepted, as --yes is, because an apply without --rehearse has them.
  options: { allowDataLoss, adoptStateBucket, verbose },
  uses: { terraform: true, changes: true, asks: true, rehearsal: "always", selection: "range" },
  implied: "with --rehearse",
  load: () => import("./rehearse.ts"),
});
