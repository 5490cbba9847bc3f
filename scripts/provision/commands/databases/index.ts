import { defineCommand } from "../../run/command";

/** `provision databases`. */
export const databases = defineCommand({
  name: "databases",
  verb: "repair the databases of",
  summary: "repair the databases and users of the applications in Aurora, which apply creates",
  examples: [["databases --env prod", "create those that are missing"]],
  options: {},
  uses: { terraform: true, sessions: "if needed", rehearsal: "no", selection: "every" },
  load: () => import("./databases.ts"),
});
