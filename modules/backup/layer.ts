import { defineLayer } from "../../lib/layer/layer";
import { byKey, text } from "../../lib/layer/outputs";
import { audit } from "../audit/layer";
import { aurora } from "../aurora/layer";
import { efs } from "../efs/layer";
import { kms } from "../kms/layer";
import { addAlarms } from "./alarms";
import { backupProblems } from "./checks";
import { addCopyVault } from "./copies";
import { addPlan } from "./plan";
import { copiesPreflight } from "./preflight";
import { addRestoreTesting } from "./restore-testing";
import { addRole } from "./roles";
import { Settings } from "./settings";
import { addVault } from "./vault";

/** Backups of database and file system in a locked vault, with regular restore tests. */
export const backup = defineLayer({
  name: "backup",
  summary: "Backup vault, plan, copies in another region, and regular restore tests",
  settings: Settings,
  needs: { kms, audit, efs, aurora },
  outputs: {
    vaultName: text("Name of the backup vault"),
    vaultArn: text("ARN of the backup vault", /:backup-vault:/),
    copyVaultArns: byKey("ARN of the vault with copies, by region; empty if there is none"),
    restoreRoleArn: text("ARN of the IAM role that AWS Backup uses to restore", /:role\//),
  },
  check: backupProblems,
  preflight: ({ environment, settings }) => copiesPreflight(environment, settings),
  restoreRole: ({ outputs }) => outputs.restoreRoleArn,
  build(stack, { settings, from }) {
    const { lock, copy, restoreTesting } = settings;
    const vault = addVault(stack, "vault", {
      name: stack.named("backupVault", "backup"),
      region: stack.environment.region,
      keyArn: from.kms.keyArns.at("backup"),
      lock,
    });
    const copyVault = addCopyVault(stack, settings);
    addPlan(stack, settings, {
      vault,
      copyVault: copy.enabled ? copyVault : undefined,
      roleArn: addRole(stack, "backup"),
      resourceArns: [from.aurora.clusterArn, from.efs.fileSystemArn],
    });
    const restoreRoleArn = addRole(stack, "restore");
    if (restoreTesting.enabled) {
      addRestoreTesting(stack, {
        settings: restoreTesting,
        vaultArn: vault.arn,
        roleArn: restoreRoleArn,
        aurora: {
          arn: from.aurora.clusterArn,
          subnetGroupName: from.aurora.subnetGroupName,
          securityGroupId: from.aurora.securityGroupId,
        },
        efs: { arn: from.efs.fileSystemArn, keyArn: from.kms.keyArns.at("data") },
      });
    }
    addAlarms(stack, {
      vaultName: vault.name,
      copied: copy.enabled,
      topicArn: from.audit.topicArn,
    });
    return {
      vaultName: vault.name,
      vaultArn: vault.arn,
      copyVaultArns: copy.region !== undefined && copyVault ? { [copy.region]: copyVault.arn } : {},
      restoreRoleArn,
    };
  },
});
