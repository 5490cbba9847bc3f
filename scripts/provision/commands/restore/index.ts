import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = {
  recoveryPoint: option.value(
    "--recovery-point <arn>",
    "ARN of a backup that the command lists; default: the newest",
  ),
};

/** A run of `provision restore`. */
export type RestoreRun = RunWith<typeof options>;

/** `provision restore`. */
export const restore = defineCommand({
  name: "restore",
  summary: "restore the data of a layer from AWS Backup, beside the old one",
  examples: [["restore --env prod --only aurora", "the newest backup, to a new cluster"]],
  options,
  uses: {
    terraform: true,
    asks: true,
    rehearsal: "no",
    selection: {
      count: "one",
      summary: "the layer to restore (required): one whose data AWS Backup keeps, such as aurora or efs",
      fits: (layer) => layer.restore !== undefined,
    },
  },
  load: () => import("./restore.ts"),
});
