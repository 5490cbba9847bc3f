import { each } from "../../checks";
import type { Rule } from "../../rule";

export const secretValue: Rule = {
  id: "secret-value",
  title: "Terraform never learns a secret",
  publicIds: [],
  reason: "Whatever it learns is in its state, for everyone who reads that",
  fix: "Use secret_string_wo with an ephemeral value instead of secret_string",
  check: each(["aws_secretsmanager_secret_version"], (version) =>
    version.has("secret_string") || version.has("secret_binary") ? "its value is in the state" : undefined,
  ),
};
