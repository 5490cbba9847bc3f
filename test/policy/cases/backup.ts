import type { Cases } from "../case";
import { policyOf } from "../resources";

export const backupCases = {
  "vault-encrypted": {
    passing: { aws_backup_vault: { vault: { kms_key_arn: "key" } } },
    violating: { aws_backup_vault: { vault: {} } },
  },
  "vault-policy": {
    passing: {
      aws_backup_vault: { vault: {} },
      aws_backup_vault_policy: {
        vault: {
          backup_vault_name: "${aws_backup_vault.vault.name}",
          policy: policyOf({
            Effect: "Deny",
            Principal: "*",
            Action: "backup:DeleteRecoveryPoint",
            Resource: "*",
          }),
        },
      },
    },
    violating: { aws_backup_vault: { vault: {} } },
  },
  "vault-lock": {
    passing: {
      aws_backup_vault: { vault: {} },
      aws_backup_vault_lock_configuration: { vault: { backup_vault_name: "${aws_backup_vault.vault.name}" } },
    },
    violating: {
      aws_backup_vault: { vault: {} },
      aws_backup_vault_lock_configuration: {
        vault: { backup_vault_name: "${aws_backup_vault.vault.name}", changeable_for_days: 3 },
      },
    },
  },
} satisfies Cases;
