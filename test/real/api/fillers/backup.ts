import { aTime, notThere, ok } from "./answers";
import type { Asked, Filler, Members, Place } from "./filler";
import { Shelf, uuids } from "./shelf";

/** AWS Backup's selections, and policies of vaults. */
export function backup({ account, partition }: Place): Filler {
  const absent = notThere("ResourceNotFoundException", 400);
  const selections = new Shelf(absent);
  const policies = new Shelf<string>(absent);
  const ids = uuids();
  const keyOf = (asked: Asked) => `${asked.text("BackupPlanId")} ${asked.text("SelectionId")}`;
  const vaultOf = (asked: Asked) => `${asked.region} ${asked.text("BackupVaultName")}`;

  return {
    service: "backup",
    types: ["aws_backup_selection", "aws_backup_vault_policy"],
    held: () => [...selections.keys(), ...policies.keys()],
    answers: {
      CreateBackupSelection(asked) {
        const SelectionId = ids.next();
        const selection: Members = { ...asked.params, SelectionId, CreationDate: aTime };
        return ok(selections.put(`${asked.text("BackupPlanId")} ${SelectionId}`, selection));
      },
      GetBackupSelection: (asked) => selections.answer(keyOf(asked), (selection) => selection),
      DeleteBackupSelection: (asked) => selections.take(keyOf(asked)),
      PutBackupVaultAccessPolicy(asked) {
        policies.put(vaultOf(asked), asked.text("Policy"));
        return ok();
      },
      GetBackupVaultAccessPolicy(asked) {
        const BackupVaultName = asked.text("BackupVaultName");
        const BackupVaultArn = `arn:${partition}:backup:${asked.region}:${account}:backup-vault:${BackupVaultName}`;
        return policies.answer(vaultOf(asked), (Policy) => ({ BackupVaultName, BackupVaultArn, Policy }));
      },
      DeleteBackupVaultAccessPolicy: (asked) => policies.take(vaultOf(asked)),
      ListRecoveryPointsByBackupVault: () => ok({ RecoveryPoints: [] }),
    },
  };
}
