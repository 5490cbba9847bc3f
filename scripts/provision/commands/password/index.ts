import { loginPrograms } from "../../../../lib/layer/login";
import { exitCodes } from "../../../../lib/errors";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = {
  program: {
    ...option.required(
      "--program <program>",
      `${loginPrograms.join(", ")}; also without --program, after the command`,
    ),
    choices: loginPrograms,
  },
};

/** A run of `provision password`. */
export type PasswordRun = RunWith<typeof options>;

/** `provision password`. */
export const password = defineCommand({
  name: "password",
  verb: "print a password of",
  summary: "print the password of an administrator, and nothing else on standard output",
  examples: [
    ["password argocd --env prod", "user name and URL on standard error, the password on standard output"],
    ["password keycloak --env prod | pbcopy", "into the clipboard of macOS; with Wayland: wl-copy"],
  ],
  options,
  argument: "program",
  prints: "result",
  uses: {
    terraform: false,
    asksAws: "the outputs in the state bucket, and one secret",
    rehearsal: "no",
    selection: "every",
    synthesis: "none",
  },
  exits: {
    [exitCodes.failed]: "AWS does not return the state or the secret",
    [exitCodes.preflightFailed]: "it is not installed, or its layer is not applied",
  },
  load: () => import("./password.ts"),
});
