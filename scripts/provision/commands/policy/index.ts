import { exitCodes } from "../../../../lib/errors";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = { format: option.format("table", "json", "sarif") };

/** A run of `provision policy`. */
export type PolicyRun = RunWith<typeof options>;

/** `provision policy`. */
export const policy = defineCommand({
  name: "policy",
  summary: "check the generated Terraform against the rules in policy/",
  examples: [
    ["policy --env prod", "every violation, as a table"],
    ["policy --env prod --format sarif > policy.sarif", "for code hosts"],
  ],
  options,
  uses: { terraform: false, rehearsal: "no", selection: "every" },
  exits: { [exitCodes.failed]: "a rule is violated, or an exception has expired" },
  load: () => import("./policy.ts"),
});
