import { defineCommand } from "../../run/command";

/** `provision migrate`. */
export const migrate = defineCommand({
  name: "migrate",
  summary: "bring an older environment file up to date, keeping its comments",
  examples: [["migrate --env prod", "show what changes in configs/prod.yaml, ask, and write it"]],
  options: {},
  uses: { terraform: false, rehearsal: "no", selection: "every", synthesis: "none" },
  load: () => import("./migrate.ts"),
});
