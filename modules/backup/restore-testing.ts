import { BackupRestoreTestingPlan } from "@cdktf/provider-aws/lib/backup-restore-testing-plan";
import { BackupRestoreTestingSelection } from "@cdktf/provider-aws/lib/backup-restore-testing-selection";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";

/** Inputs of the restore testing plan. */
export interface RestoreTest {
  readonly settings: Extract<Settings["restoreTesting"], { enabled: true }>;
  readonly vaultArn: string;
  readonly roleArn: string;
  readonly aurora: {
    readonly arn: string;
    readonly subnetGroupName: string;
    readonly securityGroupId: string;
  };
  readonly efs: { readonly arn: string; readonly keyArn: string };
}

/** Adds a plan that restores the latest backups to new resources, and deletes them afterwards. */
export function addRestoreTesting(stack: LayerStack, test: RestoreTest): void {
  const plan = new BackupRestoreTestingPlan(stack, "restore-testing", {
    // AWS allows no dashes in this name.
    name: `${underscored(stack.environment.name)}_restore_test`,
    scheduleExpression: test.settings.schedule,
    startWindowHours: 4,
    recoveryPointSelection: [
      {
        algorithm: "LATEST_WITHIN_WINDOW",
        includeVaults: [test.vaultArn],
        recoveryPointTypes: ["SNAPSHOT"],
        selectionWindowDays: 7,
      },
    ],
  });
  const common = {
    restoreTestingPlanName: plan.name,
    iamRoleArn: test.roleArn,
    validationWindowHours: test.settings.validationHours,
  };
  new BackupRestoreTestingSelection(stack, "aurora-restore-testing", {
    ...common,
    name: "aurora",
    protectedResourceType: "Aurora",
    protectedResourceArns: [test.aurora.arn],
    // By default, AWS Backup restores to the default VPC, which may not exist or may be open.
    restoreMetadataOverrides: {
      dbSubnetGroupName: test.aurora.subnetGroupName,
      vpcSecurityGroupIds: JSON.stringify([test.aurora.securityGroupId]),
    },
  });
  new BackupRestoreTestingSelection(stack, "efs-restore-testing", {
    ...common,
    name: "efs",
    protectedResourceType: "EFS",
    protectedResourceArns: [test.efs.arn],
    restoreMetadataOverrides: { kmsKeyId: test.efs.keyArn },
  });
}

function underscored(name: string): string {
  return name.replaceAll("-", "_");
}
