import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = { out: option.required("--out <folder>", "folder to write to") };

/** A run of `provision export`. */
export type ExportRun = RunWith<typeof options>;

/** `provision export`; `export` alone is a word of the language. */
export const exportCommand = defineCommand({
  name: "export",
  summary: "write the generated Terraform JSON into a folder, for a repository of its own",
  examples: [["export --env prod --out ../pod-configs/prod", "one folder for each layer"]],
  options,
  uses: { terraform: false, rehearsal: "no", selection: "every" },
  load: () => import("./export.ts"),
});
