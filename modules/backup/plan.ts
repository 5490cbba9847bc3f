import { BackupPlan, type BackupPlanRule } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import type { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";

/** Protected resources, vaults and role of the plan. */
export interface Coverage {
  readonly vault: BackupVault;
  readonly copyVault: BackupVault | undefined;
  readonly roleArn: string;
  readonly resourceArns: readonly string[];
}

/** Adds the plan of daily and monthly backups, and the selection of its resources. */
export function addPlan(stack: LayerStack, settings: Settings, coverage: Coverage): void {
  const plan = new BackupPlan(stack, "plan", {
    name: stack.named("backupPlan", "backup"),
    rule: [rule("daily", settings, coverage), rule("monthly", settings, coverage)],
  });
  new BackupSelection(stack, "selection", {
    name: stack.named("backupPlan", "data"),
    planId: plan.id,
    iamRoleArn: coverage.roleArn,
    // By ARN: removing a tag would stop backups silently.
    resources: [...coverage.resourceArns],
  });
}

function rule(
  ruleName: "daily" | "monthly",
  settings: Settings,
  { vault, copyVault }: Coverage,
): BackupPlanRule {
  const { schedule, retentionDays } = settings[ruleName];
  return {
    ruleName,
    targetVaultName: vault.name,
    schedule,
    startWindow: settings.startWindowMinutes,
    completionWindow: settings.completionWindowMinutes,
    lifecycle: { deleteAfter: retentionDays },
    ...(copyVault === undefined
      ? {}
      : { copyAction: [{ destinationVaultArn: copyVault.arn, lifecycle: { deleteAfter: retentionDays } }] }),
  };
}
