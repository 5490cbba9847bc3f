import { exitCodes } from "../../../../lib/errors";
import { defineCommand } from "../../run/command";

/** `provision migrate`. */
export const migrate = defineCommand({
  name: "migrate",
  summary: "bring an older environment file up to date, keeping its comments",
  examples: [["migrate --env prod", "show what changes in configs/prod.yaml, ask, and write it"]],
  options: {},
  uses: {
    terraform: false,
    asks: true,
    rehearsal: "no",
    selection: "every",
    synthesis: "none",
    invalidLayers: true,
  },
  exits: { [exitCodes.configInvalid]: "the file, as written, has settings to correct by hand" },
  load: () => import("./migrate.ts"),
});
