import type { CommandName } from "./request";

/** Commands that read every layer's synthesised JSON and nothing else: no Terraform, no AWS. */
export const offlineCommands: readonly CommandName[] = ["export", "policy", "iam", "capacity"];
