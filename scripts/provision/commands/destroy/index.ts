import { commonOptions } from "../../command-line/common-options";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const { allowDataLoss, adoptStateBucket, verbose } = commonOptions;
const options = {
  confirm: option.value("--confirm <name>", "the environment's name, typed in advance"),
  allowDataLoss,
  adoptStateBucket,
  verbose,
  removeLeftovers: option.flag(
    "--remove-leftovers",
    "with --yes: also delete what exists and is in no state: what a run that was cut off has created, and what programs in the cluster have; data only of layers in --allow-data-loss",
  ),
  skipDrain: option.flag(
    "--skip-drain",
    "do not wait for Argo CD to delete the applications, whose volumes and load balancers are left behind; for a lost cluster",
  ),
  removeFinalizers: option.flag(
    "--remove-finalizers",
    "remove the finalizers of objects that keep applications from being deleted",
  ),
};

/** A run of `provision destroy`. */
export type DestroyRun = RunWith<typeof options>;

/** `provision destroy`. */
export const destroy = defineCommand({
  name: "destroy",
  summary: "destroy the layers in reverse order; asks for the environment's name",
  examples: [
    ["destroy --env dev", "destroy every layer, asking each time"],
    [
      "destroy --env dev --only backup --yes --confirm dev --allow-data-loss backup",
      "destroy one layer without questions",
    ],
  ],
  options,
  uses: { terraform: true, changes: true, asks: true, rehearsal: "on request", selection: "range" },
  load: () => import("./destroy.ts"),
});
