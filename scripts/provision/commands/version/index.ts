import { option } from "../../command-line/option";
import type { ValuesOf } from "../../command-line/define";
import { defineFilelessCommand } from "../../run/fileless-command";
import type { Invocation } from "../../run/invocation";

const options = { format: option.format("text", "json") };

/** What `provision version` has to work with. */
export type VersionInvocation = Invocation<ValuesOf<typeof options>>;

/** `provision version`, or `--version`. */
export const version = defineFilelessCommand({
  name: "version",
  summary:
    "print the version, the releases of the orchestrator that it installs, and the Terraform that it finds",
  examples: [
    ["version", "the same as --version"],
    ["version --json", "for a program"],
  ],
  options,
  uses: { environment: "none", terraform: false, rehearsal: "no", selection: "every" },
  load: () => import("./version.ts"),
});
