import { exitCodes } from "../../../../lib/errors";
import type { ValuesOf } from "../../command-line/define";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";
import type { Invocation } from "../../run/invocation";

const options = {
  out: option.value(
    "--out <file>",
    "where to write it; must not exist yet; default: support-bundle-<environment>-<time>.zip in the current folder",
  ),
};

/** A run of `provision support-bundle`. */
export type SupportRun = RunWith<typeof options>;
/** The same without an environment file. */
export type SupportInvocation = Invocation<ValuesOf<typeof options>>;

/** `provision support-bundle`. */
export const supportBundle = defineCommand({
  name: "support-bundle",
  verb: "write a support bundle of",
  summary:
    "write logs, journals, versions and what doctor finds into one file, without secrets; sends nothing",
  examples: [
    ["support-bundle --env prod", "for whoever is to help; look through it first"],
    ["support-bundle", "without an environment: versions, and what runs have left on this machine"],
  ],
  options,
  uses: {
    environment: "optional",
    terraform: false,
    asksAws: "the journals in the state bucket, and what doctor looks at",
    withoutAws: "runs",
    rehearsal: "no",
    selection: "every",
  },
  exits: { [exitCodes.failed]: "the file exists already, or cannot be written" },
  load: () => import("./support-bundle.ts"),
});
