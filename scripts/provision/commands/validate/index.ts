import { exitCodes } from "../../../../lib/errors";
import { option } from "../../command-line/option";
import type { ValuesOf } from "../../command-line/define";
import { defineFilelessCommand } from "../../run/fileless-command";
import type { Invocation } from "../../run/invocation";

const options = {
  env: option.list(
    "--env <name|path>",
    "environment: a file in configs/ by its name, or a path; default: every file in configs/",
  ),
  format: option.format("text", "json", "github"),
};

/** What `provision validate` has to work with. */
export type ValidateInvocation = Invocation<ValuesOf<typeof options>>;

/** `provision validate`. */
export const validate = defineFilelessCommand({
  name: "validate",
  summary: "check environment files by every rule, with the line and column of each problem",
  examples: [
    ["validate --env prod", "one file; exit code 3 if it is invalid"],
    ["validate", "every file in configs/"],
    ["validate --env prod --json", "for editors, with positions"],
    ["validate --format github", "as annotations of a pull request, in GitHub Actions"],
  ],
  options,
  uses: { environment: "none", terraform: false, rehearsal: "no", selection: "every" },
  exits: { [exitCodes.configInvalid]: "a file is invalid or missing" },
  load: () => import("./validate.ts"),
});
