import { option } from "../../command-line/option";
import type { ValuesOf } from "../../command-line/define";
import { defineFilelessCommand } from "../../run/fileless-command";
import type { Invocation } from "../../run/invocation";

const options = { format: option.format("text", "json") };

/** What `provision environments` has to work with. */
export type EnvironmentsInvocation = Invocation<ValuesOf<typeof options>>;

/** `provision environments`, or no argument at all at a terminal. */
export const environments = defineFilelessCommand({
  name: "environments",
  summary: "list the environments in configs/, how their last runs on this machine ended, and the next step",
  examples: [["environments", "the same as provision alone, at a terminal"]],
  options,
  uses: { environment: "none", terraform: false, rehearsal: "no", selection: "every" },
  load: () => import("./environments.ts"),
});
