import { describe, expect, test } from "vitest";
import { aurora } from "../../modules/aurora/layer";
import { loadConfig, type RawEnvironment, synthLayer } from "../synth";

const withSettings = (settings: object) => ({
  edit: (raw: RawEnvironment) => {
    raw.layers = { ...raw.layers, aurora: settings };
  },
});
const withProfile = (profile: string) => ({
  edit: (raw: RawEnvironment) => {
    raw.scaleProfile = profile;
    raw.layers = { ...raw.layers, aurora: {}, eks: {}, vpc: { cidr: "10.20.0.0/16" } };
  },
});
const dataKey = "${data.terraform_remote_state.kms.outputs.keyArns.data}";
const layer = synthLayer(aurora);
const cluster = layer.resource("aws_rds_cluster", "cluster");
const clusterOf = (settings: object, deletionProtection = true) =>
  synthLayer(aurora, { ...withSettings(settings), deletionProtection }).resource(
    "aws_rds_cluster",
    "cluster",
  );
const instancesOf = (synthesised: ReturnType<typeof synthLayer>) =>
  Object.values(synthesised.all("aws_rds_cluster_instance"));

describe("the database", () => {
  test("is encrypted with the data key, including Performance Insights", () => {
    expect(cluster).toMatchObject({ storage_encrypted: true, kms_key_id: dataKey });
    for (const instance of instancesOf(layer)) {
      expect(instance).toMatchObject({
        performance_insights_enabled: true,
        performance_insights_kms_key_id: dataKey,
      });
    }
  });

  test("has a master password that RDS manages", () => {
    expect(cluster).toMatchObject({
      manage_master_user_password: true,
      master_user_secret_kms_key_id: dataKey,
      iam_database_authentication_enabled: true,
      master_username: "orchestrator",
    });
    expect(cluster).not.toHaveProperty("master_password");
  });

  test.each(["postgres", "admin", "edge_orchestrator", "a".repeat(17)])(
    "rejects %s as the master user name",
    (masterUsername) => {
      expect(() => clusterOf({ masterUsername })).toThrow(/layers\.aurora\.masterUsername/);
    },
  );

  test("rejects a major version alone, which RDS takes as its default minor version", () => {
    expect(() => clusterOf({ engineVersion: "16" })).toThrow(
      /must be a PostgreSQL version with its minor version in quotes: "16\.8" for a new environment, .* aws rds describe-db-clusters --db-cluster-identifier <name>-aurora-postgresql --query 'DBClusters\[0\]\.EngineVersion'/,
    );
  });

  test("is upgraded at once, a new major version with the parameter groups of its family", () => {
    const upgraded = synthLayer(aurora, withSettings({ engineVersion: "17.7" }));
    expect(upgraded.resource("aws_rds_cluster", "cluster")).toMatchObject({
      engine_version: "17.7",
      allow_major_version_upgrade: true,
      apply_immediately: true,
      db_instance_parameter_group_name: "${aws_db_parameter_group.instance-parameters.name}",
    });
    for (const [type, id] of [
      ["aws_db_parameter_group", "instance-parameters"],
      ["aws_rds_cluster_parameter_group", "parameters"],
    ] as const)
      expect(upgraded.resource(type, id)["family"]).toBe("aurora-postgresql17");
  });

  test("keeps the version that runs while a destroy disables its deletion protection", () => {
    expect(clusterOf({}, false)).toMatchObject({
      deletion_protection: false,
      lifecycle: { ignore_changes: ["engine_version"] },
    });
    expect(cluster).not.toHaveProperty("lifecycle");
  });

  test("accepts TLS connections only", () => {
    const group = layer.resource("aws_rds_cluster_parameter_group", "parameters");
    expect(group["parameter"]).toContainEqual({
      name: "rds.force_ssl",
      value: "1",
      apply_method: "pending-reboot",
    });
    expect(cluster["db_cluster_parameter_group_name"]).toBe(
      "${aws_rds_cluster_parameter_group.parameters.name}",
    );
  });

  test("logs to an encrypted log group that is created first", () => {
    expect(layer.resource("aws_cloudwatch_log_group", "postgresql-log")).toMatchObject({
      name: "/aws/rds/cluster/example-aurora-postgresql/postgresql",
      kms_key_id: "${data.terraform_remote_state.kms.outputs.keyArns.logs}",
      retention_in_days: 365,
    });
    expect(cluster).toMatchObject({
      enabled_cloudwatch_logs_exports: ["postgresql"],
      depends_on: ["aws_cloudwatch_log_group.postgresql-log"],
    });
  });

  test("allows only the nodes and the bastion", () => {
    const vpc = (output: string) => `\${data.terraform_remote_state.vpc.outputs.${output}}`;
    const database = "${aws_security_group.security-group.id}";
    const postgres = { ip_protocol: "tcp", from_port: 5432, to_port: 5432 };
    const allowed = (from: string) => ({
      security_group_id: database,
      referenced_security_group_id: vpc(from),
      ...postgres,
    });
    expect(Object.values(layer.all("aws_vpc_security_group_ingress_rule"))).toMatchObject([
      allowed("bastionSecurityGroupId"),
      allowed("nodeSecurityGroupId"),
    ]);
    expect(Object.values(layer.all("aws_vpc_security_group_egress_rule"))).toMatchObject([
      {
        security_group_id: vpc("nodeSecurityGroupId"),
        referenced_security_group_id: database,
        ...postgres,
      },
    ]);
    expect(instancesOf(layer).map(({ publicly_accessible }) => publicly_accessible)).toEqual([false]);
  });

  test("has the same name as in environments of the previous deployer", () => {
    expect(cluster["cluster_identifier"]).toBe("example-aurora-postgresql");
  });
});

describe("its instances", () => {
  test.each([
    ["default", 1, 2],
    ["100en", 2, 2],
    ["500en", 2, 4],
    ["1ken", 2, 8],
    ["10ken", 3, 35],
  ])("%s has %i, in as many zones, of up to %i capacity units", (profile, count, maximum) => {
    const synthesised = synthLayer(aurora, withProfile(profile));
    const zones = instancesOf(synthesised).map(({ availability_zone }) => availability_zone);
    expect(zones).toEqual(["us-west-2a", "us-west-2b", "us-west-2c"].slice(0, count));
    expect(
      synthesised.resource("aws_rds_cluster", "cluster")["serverlessv2_scaling_configuration"],
    ).toMatchObject({ max_capacity: maximum });
  });

  test("are distributed round-robin when there are more instances than zones", () => {
    const { json } = synthLayer(aurora, withSettings({ instances: 4 }));
    expect(json.resource?.["aws_rds_cluster_instance"]?.["instance-us-west-2a-2"]).toMatchObject({
      identifier: "example-aurora-postgresql-us-west-2a-2",
      availability_zone: "us-west-2a",
    });
  });

  test("keep the version of the environment file, which RDS would not go back to", () => {
    for (const instance of instancesOf(layer))
      expect(instance).toMatchObject({ auto_minor_version_upgrade: false });
  });

  test("report enhanced monitoring metrics every minute, with a role for this database only", () => {
    expect(instancesOf(layer)[0]).toMatchObject({
      monitoring_interval: 60,
      monitoring_role_arn: "${aws_iam_role.monitoring-role.arn}",
    });
    expect(layer.resource("aws_iam_role", "monitoring-role")["assume_role_policy"]).toContain(
      "arn:aws:rds:us-west-2:111122223333:db:example-aurora-postgresql-*",
    );
  });
});

describe("the applications' users", () => {
  const secrets = Object.entries(layer.all("aws_secretsmanager_secret"));
  const versionOf = (synthesised: ReturnType<typeof synthLayer>, id: string) =>
    synthesised.resource("aws_secretsmanager_secret_version", `${id}-secret-version`);

  test("have a secret each, encrypted with the data key, with the name that their charts expect", () => {
    expect(secrets.map(([id]) => id)).toEqual([
      "alerting-secret",
      "app-orch-catalog-secret",
      "inventory-secret",
      "mps-secret",
      "platform-keycloak-secret",
      "rps-secret",
      "vault-secret",
    ]);
    for (const [, secret] of secrets) expect(secret).toMatchObject({ kms_key_id: dataKey });
    expect(layer.resource("aws_secretsmanager_secret", "mps-secret")["name"]).toBe(
      "example-mps-aurora-postgresql",
    );
  });

  test("have a password each that Terraform writes but does not store", () => {
    const { ephemeral } = layer.json as { ephemeral?: Record<string, Record<string, unknown>> };
    const passwords = ephemeral?.["aws_secretsmanager_random_password"] ?? {};
    expect(Object.keys(passwords)).toHaveLength(7);
    for (const password of Object.values(passwords)) expect(password).toMatchObject({ password_length: 32 });
    for (const version of Object.values(layer.all("aws_secretsmanager_secret_version")))
      expect(version).not.toHaveProperty("secret_string");
    expect(versionOf(layer, "vault")["secret_string_wo"]).toContain(
      "ephemeral.aws_secretsmanager_random_password.vault-password.random_password",
    );
  });

  test("find all connection parameters in the secret, with the names of PostgreSQL's variables", () => {
    const text = String(versionOf(layer, "mps")["secret_string_wo"]);
    expect(text.match(/"\w+" = [^,}]*/g)).toEqual([
      '"PGHOST" = aws_rds_cluster.cluster.endpoint',
      '"PGPORT" = "5432"',
      '"PGDATABASE" = "orch-infra-mps"',
      '"PGUSER" = "orch-infra-system-mps_user"',
      '"PGPASSWORD" = ephemeral.aws_secretsmanager_random_password.mps-password.random_password',
      '"password" = ephemeral.aws_secretsmanager_random_password.mps-password.random_password',
    ]);
  });

  test("get new passwords when passwordVersion is increased", () => {
    expect(versionOf(layer, "rps")["secret_string_wo_version"]).toBe(1);
    const renewed = synthLayer(aurora, withSettings({ passwordVersion: 2 }));
    expect(versionOf(renewed, "rps")["secret_string_wo_version"]).toBe(2);
  });

  test("have secrets with a recovery window of 30 days, or none while the environment is destroyed", () => {
    const destroyed = synthLayer(aurora, { deletionProtection: false });
    const window = (synthesised: typeof layer) =>
      synthesised.resource("aws_secretsmanager_secret", "vault-secret")["recovery_window_in_days"];
    expect([window(layer), window(destroyed)]).toEqual([30, 0]);
  });

  test("are published to later layers by database", () => {
    expect(layer.json.output?.["databaseSecretArns"]?.value).toMatchObject({
      "app-orch-catalog": "${aws_secretsmanager_secret.app-orch-catalog-secret.arn}",
    });
  });
});

describe("monitoring", () => {
  const alarms = (settings: object) => {
    const found = synthLayer(aurora, withSettings(settings)).all("aws_cloudwatch_metric_alarm");
    return new Map(Object.values(found).map((alarm) => [alarm["metric_name"], alarm]));
  };
  const topic = "${data.terraform_remote_state.audit.outputs.topicArn}";

  test("has alarms on capacity, connections and replica lag", () => {
    const found = alarms({ instances: 2 });
    expect([...found.keys()]).toEqual(["ACUUtilization", "DatabaseConnections", "AuroraReplicaLagMaximum"]);
    for (const alarm of found.values()) {
      expect(alarm).toMatchObject({
        alarm_actions: [topic],
        dimensions: { DBClusterIdentifier: "example-aurora-postgresql" },
        statistic: "Maximum",
      });
    }
  });

  test("has no alarm on replica lag with a single instance", () => {
    expect(alarms({ instances: 1 }).has("AuroraReplicaLagMaximum")).toBe(false);
  });

  test.each([
    [0.5, 2, 320],
    [0.5, 35, 1600],
    [2, 8, 1334],
    [2, 35, 4000],
  ])(
    "of %d to %d capacity units has an alarm above %i connections",
    (minCapacityAcu, maxCapacityAcu, limit) => {
      expect(alarms({ minCapacityAcu, maxCapacityAcu }).get("DatabaseConnections")).toMatchObject({
        threshold: limit,
      });
    },
  );

  test("subscribes to failures, maintenance and changes of cluster, instances, parameters and security groups", () => {
    const subscriptions = Object.values(layer.all("aws_db_event_subscription"));
    expect(subscriptions.map(({ source_type }) => source_type)).toEqual([
      "db-cluster",
      "db-instance",
      "db-parameter-group",
      "db-security-group",
    ]);
    for (const { sns_topic } of subscriptions) expect(sns_topic).toBe(topic);
    expect(layer.resource("aws_db_event_subscription", "db-instance-events")["source_ids"]).toEqual([
      "${aws_rds_cluster_instance.instance-us-west-2a.identifier}",
    ]);
  });

  test("logs lock waits, large temporary files and long vacuums", () => {
    expect(layer.resource("aws_db_parameter_group", "instance-parameters")).toMatchObject({
      family: "aurora-postgresql16",
      parameter: [
        { name: "log_lock_waits" },
        { name: "log_temp_files" },
        { name: "log_autovacuum_min_duration" },
      ],
    });
    expect(instancesOf(layer)[0]).toMatchObject({
      db_parameter_group_name: "${aws_db_parameter_group.instance-parameters.name}",
    });
  });
});

describe("deletion", () => {
  test("is prevented until destroy lifts the protection", () => {
    expect(cluster["deletion_protection"]).toBe(true);
    expect(clusterOf({}, false)["deletion_protection"]).toBe(false);
  });

  test("is allowed by a setting with a reason", () => {
    const deletionProtection = { enabled: false, reason: "rebuilt every night" };
    expect(clusterOf({ deletionProtection })).toMatchObject({
      deletion_protection: false,
      tags: { "deletion-protection-off": "rebuilt every night" },
    });
    expect(() => clusterOf({ deletionProtection: { enabled: false } })).toThrow(/reason/);
    const untaggable = { enabled: false, reason: "it's mine" };
    expect(() => clusterOf({ deletionProtection: untaggable })).toThrow(
      "must consist of letters, digits, spaces",
    );
  });

  test("is allowed without final snapshot in development mode, with a week of backups and a tag", () => {
    expect(clusterOf({ developmentMode: true, backupRetentionDays: 30 })).toMatchObject({
      deletion_protection: false,
      skip_final_snapshot: true,
      backup_retention_period: 7,
      tags: { "deletion-protection-off": "development mode" },
    });
    expect(clusterOf({ developmentMode: true, backupRetentionDays: 3 })["backup_retention_period"]).toBe(3);
  });

  test("creates a final snapshot with a unique name", () => {
    expect(cluster).toMatchObject({
      skip_final_snapshot: false,
      final_snapshot_identifier: "example-aurora-postgresql-final-${terraform_data.incarnation.id}",
    });
    expect(clusterOf({ finalSnapshot: false })).toMatchObject({ skip_final_snapshot: true });
  });
});

describe("an environment file", () => {
  test.each<readonly [settings: object, message: string]>([
    [
      { minCapacityAcu: 8, maxCapacityAcu: 4 },
      "layers.aurora.minCapacityAcu: is 8, more than maxCapacityAcu, which is 4",
    ],
    [
      { backupWindow: "03:30-04:30" },
      'layers.aurora.backupWindow: "03:30-04:30" overlaps maintenanceWindow, which is "sat:04:00-sat:05:00"',
    ],
    [
      { backupWindow: "23:30-00:30", maintenanceWindow: "mon:00:00-mon:01:00" },
      'layers.aurora.backupWindow: "23:30-00:30" overlaps',
    ],
    [
      { backupWindow: "00:10-00:40", maintenanceWindow: "sat:23:30-sun:00:30" },
      'layers.aurora.backupWindow: "00:10-00:40" overlaps',
    ],
    [
      { backupWindow: "02:00-02:29" },
      'layers.aurora.backupWindow: "02:00-02:29" is 29 minutes long, and AWS requires at least 30\n    Let it end at least 30 minutes after it begins',
    ],
    [{ backupWindow: "02:00-02:00" }, '"02:00-02:00" is 0 minutes long'],
    [{ backupWindow: "23:50-00:10" }, '"23:50-00:10" is 20 minutes long'],
    [
      { maintenanceWindow: "sun:23:45-mon:00:05" },
      'layers.aurora.maintenanceWindow: "sun:23:45-mon:00:05" is 20 minutes long, and AWS requires at least 30',
    ],
    [{ maintenanceWindow: "sat:04:00-sat:04:00" }, '"sat:04:00-sat:04:00" is 0 minutes long'],
    [
      { maintenanceWindow: "sat:04:00-sun:04:00" },
      'layers.aurora.maintenanceWindow: "sat:04:00-sun:04:00" is 24 hours long, and AWS requires less than 24\n    Let it end less than 24 hours after it begins',
    ],
    [{ maintenanceWindow: "sat:05:00-sat:04:00" }, '"sat:05:00-sat:04:00" is 167 hours long'],
    ...["user", "table", "rdsadmin", "public", "none", "end"].map((masterUsername): [object, string] => [
      { masterUsername },
      `layers.aurora.masterUsername: "${masterUsername}" is not accepted\n    It must not be a word that Aurora reserves`,
    ]),
    [{ masterUsername: "postgres" }, "It must not be a common administrator name"],
    [{ instances: 17 }, "layers.aurora.instances: 17 is too large\n    It must be at most 16"],
  ])("with %j is rejected", (settings, message) => {
    expect(() => loadConfig(withSettings(settings))).toThrow(message);
  });

  test.each([
    { backupWindow: "03:00-04:00" },
    { backupWindow: "02:00-02:30", maintenanceWindow: "sat:02:30-sat:03:00" },
    { backupWindow: "23:45-00:15", maintenanceWindow: "sun:00:15-sun:23:45" },
    { maintenanceWindow: "sat:23:45-sun:00:15" },
    { instances: 16 },
    ...["users", "master", "name", "x"].map((masterUsername) => ({ masterUsername })),
  ])("with %j is accepted", (settings) => {
    expect(() => loadConfig(withSettings(settings))).not.toThrow();
  });
});
