import { exitCodes } from "../../../../lib/errors";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = {
  emf: option.required("--emf <folder>", "checkout of the platform's deployment repository"),
  release: option.value(
    "--release <name>",
    "release to verify the environment with; default: layers.platform.release",
  ),
  format: option.format("text", "json"),
};

/** A run of `provision verify-gitops`. */
export type VerifyGitopsRun = RunWith<typeof options>;

/** `provision verify-gitops`. */
export const verifyGitops = defineCommand({
  name: "verify-gitops",
  summary: "compare what the platform's charts expect with what the layers create; needs Helm",
  examples: [
    ["verify-gitops --env prod --emf ../edge-manageability-framework", "what a rollout would not find"],
    ["verify-gitops --env prod --emf ../emf --release 2026.0", "before an upgrade to another release"],
  ],
  options,
  uses: { terraform: false, rehearsal: "no", selection: "every" },
  exits: {
    [exitCodes.failed]: "the platform expects something that the environment does not provide",
    [exitCodes.preflightFailed]: "Helm or the checkout cannot be used",
  },
  load: () => import("./verify-gitops.ts"),
});
