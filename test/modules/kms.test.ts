import { describe, expect, test } from "vitest";
import { dataClasses } from "../../modules/kms/data-classes";
import { kms } from "../../modules/kms/layer";
import { existingCertificate } from "../everything-on";
import { loadConfig, type RawEnvironment, synthLayer } from "../synth";
import { readPolicy } from "./policies";

const example = synthLayer(kms);
const statements = (dataClass: string) => readPolicy(example.resource("aws_kms_key", `${dataClass}-key`));

test("publishes one key per class of data", () => {
  expect(Object.keys(example.all("aws_kms_key")).sort()).toEqual(
    dataClasses.map((each) => `${each}-key`).sort(),
  );
  expect(example.json.output?.["keyArns"]?.value).toEqual(
    Object.fromEntries(dataClasses.map((each) => [each, `\${aws_kms_key.${each}-key.arn}`])),
  );
});

test("names each alias after environment and data class, except Vault's, whose name its chart expects", () => {
  const names = Object.values(example.all("aws_kms_alias")).map(({ name }) => name);
  expect(names.sort()).toEqual([
    "alias/example-backup",
    "alias/example-data",
    "alias/example-eks",
    "alias/example-logs",
    "alias/vault-kms-unseal-example",
  ]);
});

test("sets rotation period and deletion window from the settings", () => {
  const changed = synthLayer(kms, {
    edit: (raw) => (raw.layers.kms = { rotationPeriodInDays: 90, deletionWindowInDays: 7 }),
  });
  expect(example.resource("aws_kms_key", "data-key")).toMatchObject({
    rotation_period_in_days: 365,
    deletion_window_in_days: 30,
  });
  expect(changed.resource("aws_kms_key", "data-key")).toMatchObject({
    rotation_period_in_days: 90,
    deletion_window_in_days: 7,
  });
});

describe.each(dataClasses)("the %s key", (dataClass) => {
  test("rotates, and has a deletion window of 30 days", () => {
    expect(example.resource("aws_kms_key", `${dataClass}-key`)).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
  });

  test("can be administered by the account without permission to use it", () => {
    const administration = statements(dataClass).find(({ Sid }) => Sid === "Administration");
    expect(administration?.Principal).toEqual({ AWS: "arn:aws:iam::111122223333:root" });
    expect(administration?.Action).toContain("kms:Put*");
    expect(JSON.stringify(administration?.Action)).not.toMatch(/crypt|GenerateDataKey|CreateGrant|kms:\*/);
  });

  test("grants no access to principals outside the account", () => {
    for (const { Principal, Condition } of statements(dataClass)) {
      const own = JSON.stringify(Principal).includes("111122223333");
      expect(own || JSON.stringify(Condition).includes("111122223333")).toBe(true);
    }
  });
});

test("allows the data and backup keys to be used through the services that store the data only", () => {
  const through = (dataClass: string) =>
    statements(dataClass).flatMap(({ Condition }) => Condition?.["StringEquals"]?.["kms:ViaService"] ?? []);
  expect(new Set(through("data"))).toEqual(
    new Set(["rds", "elasticfilesystem", "secretsmanager", "s3"].map((s) => `${s}.us-west-2.amazonaws.com`)),
  );
  expect(new Set(through("backup"))).toEqual(
    new Set(["backup", "rds", "elasticfilesystem"].map((s) => `${s}.us-west-2.amazonaws.com`)),
  );
});

test("allows CloudWatch Logs to use the logs key for log groups of this account only", () => {
  expect(statements("logs")).toContainEqual(
    expect.objectContaining({
      Principal: { Service: "logs.us-west-2.amazonaws.com" },
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-west-2:111122223333:log-group:*",
        },
      },
    }),
  );
});

test("allows CloudTrail to encrypt log files of this account's trails only", () => {
  const encryption = statements("logs").find(({ Sid }) => Sid === "EncryptionByTrails");
  expect(encryption).toMatchObject({
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "kms:GenerateDataKey*",
    Condition: {
      ArnLike: {
        "aws:SourceArn": "arn:aws:cloudtrail:us-west-2:111122223333:trail/*",
        "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:111122223333:trail/*",
      },
    },
  });
});

test("allows CloudTrail to decrypt for this account's trails, as a bucket with an S3 Bucket Key requires", () => {
  expect(statements("logs").find(({ Sid }) => Sid === "LookUpByTrails")).toMatchObject({
    Action: ["kms:Decrypt", "kms:DescribeKey"],
    Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudtrail:us-west-2:111122223333:trail/*" } },
  });
});

test("allows services to publish to this environment's encrypted topics only", () => {
  const use = statements("logs").find(({ Sid }) => Sid === "UseByPublishers");
  expect(use?.Principal).toMatchObject({
    Service: ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com", "cloudtrail.amazonaws.com"],
  });
  expect(use?.Condition).toEqual({
    ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:us-west-2:111122223333:example-*" },
  });
});

test("allows AWS Budgets to publish only if there is a budget", () => {
  const publishersOf = (edit: (raw: RawEnvironment) => void) =>
    JSON.stringify(
      readPolicy(synthLayer(kms, { edit }).resource("aws_kms_key", "logs-key")).find(
        ({ Sid }) => Sid === "UseByPublishers",
      )?.Principal,
    );
  expect(publishersOf((raw) => (raw.layers.audit.budget = { monthlyUsd: 3000 }))).toContain("budgets");
  expect(publishersOf((raw) => delete raw.layers.audit)).not.toContain("budgets");
});

test("allows Auto Scaling to launch nodes with encrypted volumes, and names its role in a condition because it may not exist yet", () => {
  const role =
    "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
  const forAutoScaling = statements("eks").filter(({ Sid }) => Sid?.endsWith("AutoScaling"));
  expect(forAutoScaling.map(({ Condition }) => Condition?.["StringEquals"]?.["aws:PrincipalArn"])).toEqual([
    role,
    role,
  ]);
  expect(forAutoScaling.find(({ Action }) => Action === "kms:CreateGrant")?.Condition).toMatchObject({
    Bool: { "kms:GrantIsForAWSResource": "true" },
  });
});

test("uses the service principals and ARNs of the partition", () => {
  const china = synthLayer(kms, {
    edit: (raw) => {
      raw.partition = "aws-cn";
      raw.region = raw.state.region = "cn-north-1";
      raw.zones = ["cn-north-1a", "cn-north-1b", "cn-north-1d"];
      raw.access.adminRoleArns = ["arn:aws-cn:iam::111122223333:role/platform-admin"];
      raw.layers.route53 = { certificate: existingCertificate(raw) };
    },
  });
  const text = JSON.stringify(china.json.resource);
  expect(text).toContain("logs.cn-north-1.amazonaws.com.cn");
  expect(text).toContain("rds.cn-north-1.amazonaws.com.cn");
  expect(text).not.toContain("arn:aws:");
});

describe("a destroy", () => {
  const { environment, settings } = loadConfig();
  const retained = kms.retained?.({ environment, settings: kms.settings.parse(settings["kms"]) }) ?? [];
  const keyArn = (address: string) => `arn:${address}`;
  const arns = Object.fromEntries(retained.map(({ address }) => [address, keyArn(address)]));
  /** What needs each key when AWS answers so to every question. */
  const neededBy = (answer: (KmsKeyId: string) => object) =>
    Object.fromEntries(
      retained.map((key) => [
        key.address,
        key
          .dependents(arns)
          .flatMap((search) => Object.keys(arns).flatMap((address) => search.found(answer(keyArn(address))))),
      ]),
    );

  test("keeps the keys of a database and of Vault, whose data it holds, while snapshots or copies of it exist", () => {
    const snapshot = (KmsKeyId: string) => ({
      DBClusterSnapshots: [{ DBClusterSnapshotIdentifier: "final", KmsKeyId }],
    });
    expect(neededBy(snapshot)).toEqual({
      // Once by itself, once by AWS Backup.
      "aws_kms_key.data-key": ['database snapshot "final"', 'database snapshot "final"'],
      "aws_kms_key.vault-key": ['database snapshot "final"', 'database snapshot "final"'],
      "aws_kms_key.eks-key": [],
    });
    const clusters = (KmsKeyId: string) => ({
      DBClusters: [
        { DBClusterIdentifier: "copy", KmsKeyId, Status: "available" },
        { DBClusterIdentifier: "going", KmsKeyId, Status: "deleting" },
      ],
    });
    expect(neededBy(clusters)["aws_kms_key.vault-key"]).toEqual(['database "copy"']);
  });

  test("keeps the key of file systems and of volumes that stay", () => {
    expect(neededBy((KmsKeyId) => ({ FileSystems: [{ FileSystemId: "fs-1", KmsKeyId }] }))).toEqual({
      "aws_kms_key.data-key": ['file system "fs-1"'],
      "aws_kms_key.vault-key": [],
      "aws_kms_key.eks-key": [],
    });
    const disks = (KmsKeyId: string) => ({
      Volumes: [
        { VolumeId: "vol-1", KmsKeyId, State: "available" },
        { VolumeId: "vol-2", KmsKeyId, State: "deleting" },
      ],
      Snapshots: [{ SnapshotId: "snap-1", KmsKeyId }],
    });
    expect(neededBy(disks)["aws_kms_key.eks-key"]).toEqual(['volume "vol-1"', 'volume snapshot "snap-1"']);
  });

  test("names the resources of the layer, and the command that deletes each key", () => {
    for (const kept of retained) {
      expect(example.all("aws_kms_key")).toHaveProperty(kept.address.replace("aws_kms_key.", ""));
      expect(kept.removal("arn:key")).toBe(
        "aws kms schedule-key-deletion --region us-west-2 --key-id arn:key",
      );
    }
  });
});
