import { exitCodes } from "../../../../lib/errors";
import type { OptionDeclaration } from "../../command-line/define";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const ci: OptionDeclaration<"github" | "gitlab" | undefined> = {
  ...option.value(
    "--ci <service>",
    "github or gitlab: write a pipeline for pull requests there, not the Terraform JSON",
  ),
  choices: ["github", "gitlab"],
  ifAbsent: undefined,
};
const options = {
  out: option.value(
    "--out <folder>",
    "folder to write to; with --ci, that of the repository, and by default this one",
  ),
  ci,
  publisher: option.value(
    "--publisher <name>",
    "one of layers.release-service.publishers: write what publishes in its pipelines, for the repository in --out",
  ),
};

/** A run of `provision export`. */
export type ExportRun = RunWith<typeof options>;

/** `provision export`; `export` alone is a word of the language. */
export const exportCommand = defineCommand({
  name: "export",
  summary: "write the generated Terraform JSON into a folder, for a repository of its own, or a pipeline",
  examples: [
    ["export --env prod --out ../pod-configs/prod", "one folder for each layer"],
    ["export --env prod --ci github", "a workflow: plans as comments, apply after approval"],
    ["export --env prod --publisher installer --out ../installer", "a workflow that publishes releases"],
  ],
  options,
  uses: { terraform: false, rehearsal: "no", selection: "every" },
  exits: { [exitCodes.preflightFailed]: "a file there was edited, or is no export's" },
  load: () => import("./export.ts"),
});
