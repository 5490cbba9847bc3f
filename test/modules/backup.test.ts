import { describe, expect, test } from "vitest";
import { backupProblems } from "../../modules/backup/checks";
import { backup } from "../../modules/backup/layer";
import { schedule } from "../../modules/backup/schedule";
import { Settings } from "../../modules/backup/settings";
import { type Block, loadConfig, synthLayer } from "../synth";
import { readPolicy } from "./policies";

interface Raw {
  layers: Record<string, unknown>;
}

const withSettings = (settings: object) =>
  synthLayer(backup, {
    edit: (raw: Raw) => {
      raw.layers["backup"] = settings;
    },
  });
const layer = synthLayer(backup);
const plan = layer.resource("aws_backup_plan", "plan");

describe("the vault", () => {
  test("is encrypted with the backup key", () => {
    expect(layer.resource("aws_backup_vault", "vault")["kms_key_arn"]).toBe(
      "${data.terraform_remote_state.kms.outputs.keyArns.backup}",
    );
  });

  test("denies early deletion of backups", () => {
    const [statement] = readPolicy(layer.resource("aws_backup_vault_policy", "vault-policy"));
    expect(statement).toMatchObject({ Effect: "Deny", Principal: "*" });
    expect(statement?.Action).toContain("backup:DeleteRecoveryPoint");
  });

  test("has a governance lock by default", () => {
    const lock = layer.resource("aws_backup_vault_lock_configuration", "vault-lock");
    expect(lock).toMatchObject({ min_retention_days: 7, max_retention_days: 400 });
    expect(lock).not.toHaveProperty("changeable_for_days");
  });

  test("has a compliance lock only with the exact acknowledgement", () => {
    const lock = { mode: "compliance", changeableForDays: 3 };
    expect(() => withSettings({ lock })).toThrow(/acknowledgement/);
    expect(() => withSettings({ lock: { ...lock, acknowledgement: "yes" } })).toThrow(
      /this lock can never be lifted/,
    );
    const locked = withSettings({ lock: { ...lock, acknowledgement: "this lock can never be lifted" } });
    expect(locked.resource("aws_backup_vault_lock_configuration", "vault-lock")).toMatchObject({
      changeable_for_days: 3,
    });
  });

  test("requires a reason for no lock", () => {
    expect(() => withSettings({ lock: { mode: "none" } })).toThrow(/reason/);
    const open = withSettings({ lock: { mode: "none", reason: "a test environment" } });
    expect(open.all("aws_backup_vault_lock_configuration")).toEqual({});
  });

  test("has force_destroy only while the environment is destroyed", () => {
    const lifted = synthLayer(backup, { deletionProtection: false });
    expect(layer.resource("aws_backup_vault", "vault")["force_destroy"]).toBe(false);
    expect(lifted.resource("aws_backup_vault", "vault")["force_destroy"]).toBe(true);
  });
});

describe("the plan", () => {
  const rules = (block: Block) => block["rule"] as readonly Block[];

  test("backs up daily and monthly, each with a retention", () => {
    expect(rules(plan)).toMatchObject([
      { rule_name: "daily", schedule: "cron(30 5 * * ? *)", lifecycle: { delete_after: 35 } },
      { rule_name: "monthly", schedule: "cron(30 6 1 * ? *)", lifecycle: { delete_after: 365 } },
    ]);
  });

  test("selects the database and the file system by ARN", () => {
    expect(layer.resource("aws_backup_selection", "selection")["resources"]).toEqual([
      "${data.terraform_remote_state.aurora.outputs.clusterArn}",
      "${data.terraform_remote_state.efs.outputs.fileSystemArn}",
    ]);
  });

  test("copies to no other region by default", () => {
    expect(JSON.stringify(plan)).not.toContain("copy_action");
    expect(Object.keys(layer.all("aws_backup_vault"))).toEqual(["vault"]);
  });

  test("copies every backup to a locked vault with its own key in the other region", () => {
    const copied = withSettings({ copy: { enabled: true, region: "us-east-2" } });
    for (const rule of rules(copied.resource("aws_backup_plan", "plan"))) {
      expect(rule["copy_action"]).toEqual([
        {
          destination_vault_arn: "${aws_backup_vault.copy-vault-us-east-2.arn}",
          lifecycle: rule["lifecycle"],
        },
      ]);
    }
    const abroad = [
      copied.resource("aws_backup_vault", "copy-vault-us-east-2"),
      copied.resource("aws_backup_vault_policy", "copy-vault-us-east-2-policy"),
      copied.resource("aws_backup_vault_lock_configuration", "copy-vault-us-east-2-lock"),
      copied.resource("aws_kms_key", "copy-key-us-east-2"),
    ];
    expect(abroad.map(({ provider }) => provider)).toEqual(abroad.map(() => "aws.us-east-2"));
    expect(readPolicy(copied.resource("aws_kms_key", "copy-key-us-east-2"))[1]?.Condition).toMatchObject({
      StringEquals: {
        "kms:ViaService": expect.arrayContaining(["backup.us-east-2.amazonaws.com"]) as unknown,
      },
    });
  });
});

describe("copies that are disabled", () => {
  const withCopy = (copy: object) => withSettings({ copy });
  const aliases = (found: typeof layer) =>
    (found.json.provider?.["aws"] ?? []).flatMap((provider) => provider["alias"] ?? []);

  test("keep the provider of their region, which Terraform needs to delete their vault and key", () => {
    const off = withCopy({ enabled: false, region: "us-east-2" });
    expect(aliases(off)).toEqual(["us-east-2"]);
    expect(Object.keys(off.all("aws_backup_vault"))).toEqual(["vault"]);
    expect(off.json.output?.["copyVaultArns"]?.value).toEqual({});
    expect(aliases(layer)).toEqual([]);
  });

  test("keep their vault, its lock and its key if configured, and copy no further backups", () => {
    const kept = withCopy({ enabled: false, region: "us-east-2", keepCopies: true });
    const on = withCopy({ enabled: true, region: "us-east-2" });
    for (const type of ["aws_backup_vault", "aws_backup_vault_lock_configuration", "aws_kms_key"])
      expect(kept.all(type)).toEqual(on.all(type));
    expect(JSON.stringify(kept.all("aws_backup_plan"))).not.toContain("copy_action");
    expect(kept.json.output?.["copyVaultArns"]?.value).toEqual({
      "us-east-2": "${aws_backup_vault.copy-vault-us-east-2.arn}",
    });
    expect(kept.all("aws_cloudwatch_metric_alarm")).not.toHaveProperty("copy-failed-alarm");
  });

  test("have other IDs in another region, so that Terraform does not look for one vault in two regions", () => {
    const ids = (region: string) => {
      const { resource = {} } = withCopy({ enabled: true, region }).json;
      return Object.values(resource).flatMap((blocks) =>
        Object.entries(blocks).flatMap(([id, { provider }]) => (provider === undefined ? [] : [id])),
      );
    };
    expect(ids("us-east-2").filter((id) => id.startsWith("copy-"))).toHaveLength(5);
    expect(ids("us-east-2").filter((id) => id.startsWith("copy-") && ids("us-east-1").includes(id))).toEqual(
      [],
    );
  });

  describe("are checked before the first layer", () => {
    const checksOf = (copy: object) => {
      const { environment } = loadConfig();
      return backup.preflight?.({ environment, settings: Settings.parse({ copy }) }) ?? [];
    };
    const verdict = (vaults: readonly object[]) => {
      const [check] = checksOf({ enabled: false, region: "us-east-2" });
      expect(check).toMatchObject({ call: { operation: "ListBackupVaults", region: "us-east-2" } });
      return check?.verdict({ BackupVaultList: vaults });
    };

    test("a vault that contains copies is not deleted", () => {
      const vault = { BackupVaultName: "example-backup-copies", NumberOfRecoveryPoints: 12 };
      expect(verdict([vault])).toEqual({
        reason:
          'the vault "example-backup-copies" in "us-east-2" contains 12 copies of backups, and AWS deletes only empty vaults',
        cure: "Set layers.backup.copy.keepCopies to true until they have expired",
      });
      expect(verdict([{ ...vault, NumberOfRecoveryPoints: 0 }])).toBeUndefined();
      expect(verdict([{ ...vault, BackupVaultName: "other-backup-copies" }])).toBeUndefined();
    });

    test.each([
      { enabled: true, region: "us-east-2" },
      { enabled: false, region: "us-east-2", keepCopies: true },
      { enabled: false },
    ])("nothing is asked with %j", (copy) => {
      expect(checksOf(copy)).toEqual([]);
    });
  });
});

describe("roles", () => {
  test("can be assumed by AWS Backup only, which sends no source keys, one to back up, one to restore", () => {
    for (const id of ["backup-role", "restore-role"]) {
      expect(readPolicy(layer.resource("aws_iam_role", id), "assume_role_policy")).toEqual([
        { Effect: "Allow", Principal: { Service: "backup.amazonaws.com" }, Action: "sts:AssumeRole" },
      ]);
    }
    const attached = Object.values(layer.all("aws_iam_role_policy_attachment"));
    expect(attached.map(({ policy_arn }) => policy_arn)).toEqual([
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
    ]);
  });
});

describe("restore testing", () => {
  test("restores database and file system from this vault, with the network and encryption of the originals", () => {
    expect(layer.resource("aws_backup_restore_testing_plan", "restore-testing")).toMatchObject({
      name: "example_restore_test",
      recovery_point_selection: [{ include_vaults: ["${aws_backup_vault.vault.arn}"] }],
    });
    const overrides = (id: string) =>
      layer.resource("aws_backup_restore_testing_selection", id)["restore_metadata_overrides"];
    expect(overrides("aurora-restore-testing")).toEqual({
      dbSubnetGroupName: "${data.terraform_remote_state.aurora.outputs.subnetGroupName}",
      vpcSecurityGroupIds: '["${data.terraform_remote_state.aurora.outputs.securityGroupId}"]',
    });
    expect(overrides("efs-restore-testing")).toEqual({
      kmsKeyId: "${data.terraform_remote_state.kms.outputs.keyArns.data}",
    });
  });

  test("requires a reason to be disabled", () => {
    expect(() => withSettings({ restoreTesting: { enabled: false } })).toThrow(/reason/);
    const untested = withSettings({ restoreTesting: { enabled: false, reason: "yearly drill instead" } });
    expect(untested.all("aws_backup_restore_testing_plan")).toEqual({});
    expect(untested.all("aws_iam_role")).toHaveProperty("restore-role");
  });
});

test("has alarms on failed and expired backups, failed restores, and missing backups", () => {
  const alarms = layer.all("aws_cloudwatch_metric_alarm");
  expect(Object.keys(alarms).sort()).toEqual([
    "aurora-backup-missing-alarm",
    "backup-expired-alarm",
    "backup-failed-alarm",
    "efs-backup-missing-alarm",
    "restore-failed-alarm",
  ]);
  expect(alarms["efs-backup-missing-alarm"]).toMatchObject({
    comparison_operator: "LessThanThreshold",
    treat_missing_data: "breaching",
    dimensions: { ResourceType: "EFS" },
    alarm_actions: ["${data.terraform_remote_state.audit.outputs.topicArn}"],
  });
  expect(alarms["backup-failed-alarm"]).toMatchObject({
    comparison_operator: "GreaterThanThreshold",
    threshold: 0,
    treat_missing_data: "notBreaching",
  });
  expect(
    withSettings({ copy: { enabled: true, region: "us-east-2" } }).all("aws_cloudwatch_metric_alarm"),
  ).toHaveProperty("copy-failed-alarm");
});

describe("rejects", () => {
  const { environment } = loadConfig();
  const now = new Date("2026-06-01T00:00:00Z");

  test.each([
    [
      { daily: { schedule: "cron(0 5 * * ? *)", retentionDays: 3 } },
      "layers.backup.daily.retentionDays",
      /^is 3 days, but the vault's lock allows 7 to 400/,
    ],
    [
      { monthly: { schedule: "cron(0 5 1 * ? *)", retentionDays: 3650 } },
      "layers.backup.monthly.retentionDays",
      /^is 3650 days, but the vault's lock/,
    ],
    [
      { lock: { mode: "governance", minRetentionDays: 30, maxRetentionDays: 20 } },
      "layers.backup.lock.minRetentionDays",
      /^is 30 days, more than maxRetentionDays, 20$/,
    ],
    [
      { startWindowMinutes: 120, completionWindowMinutes: 130 },
      "layers.backup.completionWindowMinutes",
      /^is 130 minutes, less than an hour more than startWindowMinutes, 120$/,
    ],
    [
      { copy: { enabled: true, region: "us-west-2" } },
      "layers.backup.copy.region",
      /^is the environment's own region, "us-west-2"$/,
    ],
    [
      { copy: { enabled: true, region: "cn-north-1" } },
      "layers.backup.copy.region",
      /^is "cn-north-1", which is not in the partition "aws"$/,
    ],
    [
      { copy: { enabled: false, region: "us-west-2" } },
      "layers.backup.copy.region",
      /^is the environment's own region/,
    ],
    [
      { copy: { enabled: false, keepCopies: true } },
      "layers.backup.copy.keepCopies",
      /^is true, but the region of the copies is not specified$/,
    ],
    [
      { monthly: { schedule: "cron(0 5 1 * ? 2020-2025)", retentionDays: 365 } },
      "layers.backup.monthly.schedule",
      /^"cron\(0 5 1 \* \? 2020-2025\)" ran for the last time in 2025$/,
    ],
    [
      { restoreTesting: { enabled: true, schedule: "cron(0 9 ? * SUN#1 2024)" } },
      "layers.backup.restoreTesting.schedule",
      /ran for the last time in 2024$/,
    ],
  ])("%j", (raw, path, message) => {
    const [problem, ...others] = backupProblems({ environment, settings: Settings.parse(raw), now });
    expect(problem?.path.join(".")).toBe(path);
    expect(problem?.message).toMatch(message);
    expect(problem?.hint).toBeDefined();
    expect(others).toEqual([]);
  });

  test("copies in China, where Aurora snapshots cannot be copied to another region", () => {
    const china = { ...environment, partition: "aws-cn", region: "cn-north-1" } as const;
    const problemsOf = (copy: object) =>
      backupProblems({ environment: china, settings: Settings.parse({ copy }), now });
    expect(problemsOf({ enabled: true, region: "cn-northwest-1" })).toEqual([
      {
        path: ["layers", "backup", "copy", "enabled"],
        message: "is true, but Aurora snapshots cannot be copied to or from a region in China",
        hint: "Set it to false",
      },
    ]);
    expect(problemsOf({ enabled: false })).toEqual([]);
  });

  test.each([
    [{ lock: { mode: "governance", maxRetentionDays: 36_501 } }, "lock.maxRetentionDays"],
    [{ lock: { mode: "governance", minRetentionDays: 36_501 } }, "lock.minRetentionDays"],
    [{ completionWindowMinutes: 52_560_001 }, "completionWindowMinutes"],
    [{ startWindowMinutes: 52_560_001 }, "startWindowMinutes"],
  ])("more than AWS Backup's maximum: %j", (settings, path) => {
    expect(() => withSettings(settings)).toThrow(`layers.backup.${path}: `);
  });

  test("nothing, with defaults", () => {
    expect(backupProblems({ environment, settings: Settings.parse({}), now })).toEqual([]);
  });
});

describe("a schedule", () => {
  const faultOf = (text: string) => {
    const { error } = schedule.safeParse(text);
    const [issue] = error?.issues ?? [];
    const hint = issue?.code === "custom" ? String(issue.params?.["hint"]) : "";
    return issue === undefined ? undefined : `${issue.message}\n${hint}`;
  };

  test.each([
    ...["cron(30 5 * * ? *)", "cron(0 9 ? * SUN#1 *)", "cron(0 5 ? * * *)", "cron(15 * ? * * *)"],
    ...["cron(0 18 ? * MON-FRI *)", "cron(0 2 ? * 6L 2026-2030)", "cron(0 2 ? * L *)", "cron(0 2 L * ? *)"],
    ...["cron(0 2 15W * ? *)", "cron(0 0/6 * * ? *)", "cron(0 */6 * * ? *)", "cron(59 22-23,0-2 * * ? *)"],
    ...["cron(0 2 1,15 JAN,JUL ? *)", "cron(0 2 31 1-12/2 ? *)", "cron(0 2 29 2 ? *)", "cron(0  2 1 * ? *)"],
  ])("%s is accepted", (text) => {
    expect(faultOf(text)).toBeUndefined();
  });

  test.each([
    ["every night", 'is not a cron expression of AWS\nWrite it in cron(…), e.g. "cron(30 5 * * ? *)"'],
    ["rate(1 day)", "is not a cron expression of AWS"],
    ["cron(0 5 * * *)", "has 5 fields, but AWS requires 6\nGive minutes, hours, day of month, month, day of"],
    ["cron(0 0 5 * * ? *)", "has 7 fields, but AWS requires 6"],
    ["cron()", "has 1 field, but AWS requires 6"],
    ["cron(99 5 * * ? *)", 'has "99" as minutes, which AWS does not accept\nIt takes 0 to 59, with'],
    ["cron(0 24 * * ? *)", 'has "24" as hours'],
    ["cron(0 5 32 * ? *)", 'has "32" as day of month, which AWS does not accept\nIt takes 1 to 31, with'],
    ["cron(0 5 0 * ? *)", 'has "0" as day of month'],
    ["cron(0 5 1 13 ? *)", 'has "13" as month, which AWS does not accept\nIt takes 1 to 12 or JAN to DEC'],
    ["cron(0 5 ? * 0 *)", 'has "0" as day of week, which AWS does not accept\nIt takes 1 to 7 or SUN to SAT'],
    ["cron(0 5 ? * SUN#6 *)", 'has "SUN#6" as day of week'],
    ["cron(0 5 ? * SUN#1,MON#1 *)", 'has "SUN#1,MON#1" as day of week'],
    ["cron(0 5 ? * FRI-MON *)", 'has "FRI-MON" as day of week'],
    ["cron(0 22-2 * * ? *)", 'has "22-2" as hours'],
    ["cron(0 0/24 * * ? *)", 'has "0/24" as hours'],
    ["cron(0 5 1, * ? *)", 'has "1," as day of month'],
    ["cron(0 ? * * ? *)", 'has "?" as hours'],
    ["cron(0 5 * * ? 1969)", 'has "1969" as year'],
    ["cron(0 5 * * * *)", 'has both day of month "*" and day of week "*"\nWrite ? in exactly one of the two'],
    ["cron(0 5 1 * MON *)", 'has both day of month "1" and day of week "MON"'],
    ["cron(0 5 ? * ? *)", "has neither a day of month nor a day of week"],
    ["cron(0,30 5 * * ? *)", 'has "0,30" as minutes, but AWS Backup starts at most one job an hour'],
    ["cron(0/15 * * * ? *)", 'has "0/15" as minutes, but AWS Backup starts at most one job an hour'],
    [
      "cron(* 5 * * ? *)",
      'has "*" as minutes, but AWS Backup starts at most one job an hour\nGive one minute',
    ],
    ["cron(0 5 30 2 ? *)", 'has day of month "30", which month "2" does not have\nChoose another day, or L'],
    ["cron(0 5 31 APR,JUN ? *)", 'has day of month "31", which month "APR,JUN" does not have'],
  ])("%s is refused", (text, fault) => {
    expect(faultOf(text)).toContain(fault);
  });

  test("is refused at its place in the environment file", () => {
    expect(() => withSettings({ daily: { schedule: "cron(0 5 * * *)", retentionDays: 35 } })).toThrow(
      /layers\.backup\.daily\.schedule: "cron\(0 5 \* \* \*\)" has 5 fields/,
    );
  });
});
