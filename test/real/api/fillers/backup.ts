import { aTime, type Filler, found, notThere, ok, type Params, type Place, uuids } from "./filler";

const absent = notThere("ResourceNotFoundException", 400);

/** AWS Backup's selections, restore tests, and policies of vaults. */
export function backup({ account, partition }: Place): Filler {
  const selections = new Map<string, Params>();
  const policies = new Map<string, string>();
  const plans = new Map<string, Params>();
  const tests = new Map<string, Params>();
  const tags = new Map<string, Readonly<Record<string, string>>>();
  const ids = uuids();
  const selectionOf = ({ BackupPlanId, SelectionId }: Params) => `${BackupPlanId} ${SelectionId}`;
  const vaultOf = (region: string, { BackupVaultName }: Params) => `${region} ${BackupVaultName}`;
  const testOf = (plan: string, selection: string) => `${plan} ${selection}`;

  return {
    service: "backup",
    types: [
      "aws_backup_restore_testing_plan",
      "aws_backup_restore_testing_selection",
      "aws_backup_selection",
      "aws_backup_vault_policy",
    ],
    held: () => [...selections.keys(), ...policies.keys(), ...plans.keys(), ...tests.keys()],
    reasons: {
      ListTags: "moto lists no tags of plans and vaults, and knows no restore tests",
      TagResource: "moto knows no restore tests",
    },
    answers: {
      CreateBackupSelection({ params }) {
        const { BackupPlanId, BackupSelection } = params;
        const selection = { BackupPlanId, BackupSelection, SelectionId: ids.next(), CreationDate: aTime };
        selections.set(selectionOf(selection), selection);
        return ok(selection);
      },
      GetBackupSelection: ({ params }) =>
        found(selections.get(selectionOf(params)), (selection) => selection, absent),
      DeleteBackupSelection({ params }) {
        return selections.delete(selectionOf(params)) ? ok() : absent;
      },
      PutBackupVaultAccessPolicy({ params, region }) {
        policies.set(vaultOf(region, params), params.Policy);
        return ok();
      },
      GetBackupVaultAccessPolicy({ params, region }) {
        const { BackupVaultName } = params;
        const BackupVaultArn = `arn:${partition}:backup:${region}:${account}:backup-vault:${BackupVaultName}`;
        const policy = policies.get(vaultOf(region, params));
        return found(policy, (Policy) => ({ BackupVaultName, BackupVaultArn, Policy }), absent);
      },
      DeleteBackupVaultAccessPolicy({ params, region }) {
        policies.delete(vaultOf(region, params));
        return ok();
      },
      ListRecoveryPointsByBackupVault: () => ok({ RecoveryPoints: [] }),
      UpdateBackupPlan: ({ params }) =>
        ok({ BackupPlanId: params.BackupPlanId, VersionId: ids.next(), CreationDate: aTime }),
      CreateRestoreTestingPlan({ params, region }) {
        const { RestoreTestingPlanName: name } = params.RestoreTestingPlan;
        const arn = `arn:${partition}:backup:${region}:${account}:restore-testing-plan:${name}-${ids.next()}`;
        const plan = { ...params.RestoreTestingPlan, RestoreTestingPlanArn: arn, CreationTime: aTime };
        plans.set(name, plan);
        tags.set(arn, params.Tags ?? {});
        return ok(plan, 201);
      },
      GetRestoreTestingPlan: ({ params }) =>
        found(plans.get(params.RestoreTestingPlanName), (plan) => ({ RestoreTestingPlan: plan }), absent),
      UpdateRestoreTestingPlan({ params }) {
        const plan = { ...plans.get(params.RestoreTestingPlanName), ...params.RestoreTestingPlan };
        plans.set(params.RestoreTestingPlanName, plan);
        return ok(plan);
      },
      DeleteRestoreTestingPlan({ params }) {
        return plans.delete(params.RestoreTestingPlanName) ? ok({}, 204) : absent;
      },
      CreateRestoreTestingSelection({ params }) {
        const { RestoreTestingPlanName: plan, RestoreTestingSelection: asked } = params;
        const RestoreTestingPlanArn = plans.get(plan)?.RestoreTestingPlanArn;
        const selection = {
          ...asked,
          RestoreTestingPlanName: plan,
          RestoreTestingPlanArn,
          CreationTime: aTime,
        };
        tests.set(testOf(plan, asked.RestoreTestingSelectionName), selection);
        return ok(selection, 201);
      },
      GetRestoreTestingSelection({ params }) {
        const test = tests.get(testOf(params.RestoreTestingPlanName, params.RestoreTestingSelectionName));
        return found(test, (selection) => ({ RestoreTestingSelection: selection }), absent);
      },
      DeleteRestoreTestingSelection({ params }) {
        const { RestoreTestingPlanName, RestoreTestingSelectionName } = params;
        return tests.delete(testOf(RestoreTestingPlanName, RestoreTestingSelectionName))
          ? ok({}, 204)
          : absent;
      },
      ListTags({ params }) {
        const own = tags.get(params.ResourceArn);
        return own === undefined ? undefined : ok({ Tags: own });
      },
      TagResource({ params }) {
        const own = tags.get(params.ResourceArn);
        if (own === undefined) return undefined;
        tags.set(params.ResourceArn, { ...own, ...params.Tags });
        return ok();
      },
    },
  };
}
