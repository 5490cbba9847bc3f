import { exitCodes } from "../../../../lib/errors";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = {
  state: option.value(
    "--state <file>",
    "the file of the state, where an earlier run has named one, or where it lacks objects that the state in the bucket has; with one layer in --only. Default: where Terraform leaves it",
  ),
  stateVersion: option.value(
    "--state-version <id>",
    "the version that takes the place of a state in the bucket that is damaged or gone; none: begin with an empty one; with one layer in --only. Default: the newest that is whole, after a question",
  ),
};

/** A run of `provision recover`. */
export type RecoverRun = RunWith<typeof options>;

/** `provision recover`. */
export const recover = defineCommand({
  name: "recover",
  summary:
    "save states that an earlier run could not save, restore those that are damaged or gone, and import objects that are in no state",
  examples: [
    ["recover --env prod", "of every layer whose last run was cut off"],
    ["recover --env prod --only kms", "also search for what the plan of kms would create once more"],
    [
      "recover --env prod --only eks --state-version 3sL4kqtJlcpXro",
      "from a version of the object in the bucket",
    ],
    [
      "recover --env prod --only eks --state /tmp/provision-1/errored.tfstate",
      "from a file that a run has named",
    ],
  ],
  options,
  uses: { terraform: true, changes: true, asks: true, rehearsal: "on request", selection: "range" },
  exits: {
    [exitCodes.recoveryNeeded]:
      "a state cannot be saved without losing another one, or cannot be restored, or an object is not imported",
  },
  load: () => import("./recover.ts"),
});
