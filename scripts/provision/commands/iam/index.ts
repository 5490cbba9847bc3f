import { option } from "../../command-line/option";
import { defineCommand } from "../../run/command";

/** `provision iam`. */
export const iam = defineCommand({
  name: "iam",
  summary: "print the IAM policies that the role which runs Terraform needs",
  examples: [["iam --env prod > policies.json", "a JSON list of policy documents"]],
  options: { format: option.format("json") },
  uses: { terraform: false, rehearsal: "no", selection: "every" },
  load: () => import("./iam.ts"),
});
