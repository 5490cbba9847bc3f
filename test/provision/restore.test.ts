import { expect, test } from "vitest";
import { inOrder } from "../../lib/layer/layer";
import { aurora } from "../../modules/aurora/layer";
import { backup } from "../../modules/backup/layer";
import { efs } from "../../modules/efs/layer";
import { kms } from "../../modules/kms/layer";
import { vpc } from "../../modules/vpc/layer";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { standIn } from "./publishing";
import { run } from "./runs";
import { cellar } from "./toys";

const arn = (service: string, resource: string) => `arn:aws:${service}:us-west-2:123456789012:${resource}`;
const newest = arn("backup", "recovery-point:newest");
const values = {
  kms: { keyArns: { data: arn("kms", "key/data") } },
  vpc: { privateSubnetIds: { "us-west-2a": "subnet-a", "us-west-2b": "subnet-b" } },
  efs: {
    fileSystemId: "fs-old",
    fileSystemArn: arn("elasticfilesystem", "file-system/fs-old"),
    securityGroupId: "sg-efs",
  },
  aurora: {
    clusterIdentifier: "dev-aurora-postgresql",
    clusterArn: arn("rds", "cluster:dev-aurora-postgresql"),
    securityGroupId: "sg-aurora",
    subnetGroupName: "dev-aurora",
  },
  backup: { restoreRoleArn: arn("iam", "role/dev-restore") },
};

const stands = { kms: standIn(kms, values.kms), vpc: standIn(vpc, values.vpc) };
const earlier = Object.values(stands);
const layers = inOrder([
  cellar,
  ...earlier,
  standIn(efs, values.efs, earlier),
  standIn(aurora, values.aurora, earlier),
  standIn(backup, values.backup),
]);

async function applied(): Promise<{ world: FakeWorld; aws: FakeAws }> {
  const world = new FakeWorld();
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  world.printed.length = 0;
  return { world, aws: new FakeAws(world) };
}
const restoring = (world: FakeWorld, commandLine: string) =>
  run(world, `restore --env dev ${commandLine}`, layers);

test("the newest complete backup of the database is restored to a new cluster with an instance", async () => {
  const { world, aws } = await applied();
  expect(await restoring(world, "--only aurora --yes")).toBe(0);
  expect(aws.names).toEqual([
    "backup ListRecoveryPointsByResource",
    "backup GetRecoveryPointRestoreMetadata",
    "backup StartRestoreJob",
    "backup DescribeRestoreJob",
    "backup DescribeRestoreJob",
    "backup DescribeRestoreJob",
    "rds ModifyDBCluster",
    "rds DescribeDBClusters",
    "rds CreateDBInstance",
    "rds DescribeDBInstances",
    "rds ModifyDBCluster",
    "rds DescribeDBClusters",
  ]);
  const name = "dev-aurora-postgresql-20260101-0900";
  expect(aws.given("backup StartRestoreJob")).toEqual([
    {
      RecoveryPointArn: newest,
      IamRoleArn: values.backup.restoreRoleArn,
      ResourceType: "Aurora",
      Metadata: {
        Engine: "aurora-postgresql",
        DBClusterIdentifier: name,
        DBSubnetGroupName: "dev-aurora",
        VpcSecurityGroupIds: '["sg-aurora"]',
      },
    },
  ]);
  const change = { DBClusterIdentifier: name, ApplyImmediately: true };
  expect(aws.given("rds ModifyDBCluster")).toEqual([
    {
      ...change,
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 8 },
      EnableIAMDatabaseAuthentication: true,
      DeletionProtection: true,
    },
    { ...change, ManageMasterUserPassword: true, MasterUserSecretKmsKeyId: values.kms.keyArns.data },
  ]);
  expect(aws.given("rds CreateDBInstance")).toMatchObject([{ PubliclyAccessible: false }]);
  const sent = new Set(aws.calls.map(({ request }) => `${request.region} ${request.patience}`));
  expect([...sent]).toEqual(["us-west-2 first question", "us-west-2 work"]);
  expect(world.printed.join("\n")).toContain("Its endpoint is restored.example.com");
});

test("the command waits for created resources, and a failure lists the remaining steps", async () => {
  const { world, aws } = await applied();
  const statuses = ["available", "creating", "creating", "available"];
  aws.answers.set("rds DescribeDBClusters", {
    get DBClusters() {
      return [{ Status: statuses.shift() ?? "available", Endpoint: "restored.example.com" }];
    },
  });
  aws.answers.set("rds DescribeDBInstances", { DBInstances: [{ DBInstanceStatus: "incompatible-network" }] });
  expect(await restoring(world, "--only aurora --yes")).toMatchObject({
    message: "Cannot wait for the restored instance: it has failed",
    hint: "Look at its events in the AWS console; then the steps that are left, as in docs/disaster-recovery.md: wait for the restored instance; create a password for the restored cluster; describe the restored cluster",
  });
  aws.statuses = ["COMPLETED"];
  aws.answers.delete("rds DescribeDBInstances");
  expect(await restoring(world, "--only aurora --yes")).toBe(0);
  expect(statuses).toEqual([]);
});

test("Ctrl-C while something is being created names the steps that are left", async () => {
  const { world, aws } = await applied();
  aws.answers.set("rds DescribeDBInstances", {
    get DBInstances() {
      world.interrupt();
      return [{ DBInstanceStatus: "creating" }];
    },
  });
  expect(await restoring(world, "--only aurora --yes")).toMatchObject({
    message: `Cannot finish "${arn("rds", "cluster:dev-aurora-postgresql-20260101-0900")}": you interrupted the run`,
    hint: expect.stringContaining("wait for the restored instance; create a password"),
    exitCode: 7,
  });
});

test("the file system becomes a new one with mount targets in the same subnets", async () => {
  const { world, aws } = await applied();
  expect(await restoring(world, "--only efs --yes")).toBe(0);
  expect(aws.given("backup StartRestoreJob")).toMatchObject([
    {
      ResourceType: "EFS",
      Metadata: {
        "file-system-id": "fs-old",
        newFileSystem: "true",
        CreationToken: "dev-restored-20260101-0900",
        KmsKeyId: values.kms.keyArns.data,
      },
    },
  ]);
  expect(aws.given("efs CreateMountTarget")).toEqual(
    ["subnet-a", "subnet-b"].map((SubnetId) => ({
      FileSystemId: "fs-new",
      SubnetId,
      SecurityGroups: ["sg-efs"],
    })),
  );
  expect(world.printed.join("\n")).toContain("Nodes can mount fs-new in about a minute");
});

test("an older backup is restored when it is named, and all are listed first", async () => {
  const { world, aws } = await applied();
  const old = arn("backup", "recovery-point:old");
  expect(await restoring(world, `--only aurora --yes --recovery-point ${old}`)).toBe(0);
  expect(aws.given("backup StartRestoreJob")).toMatchObject([{ RecoveryPointArn: old }]);
  const listed = world.printed.filter((line) => line.includes(":recovery-point:"));
  expect(listed.map((line) => line.trim().slice(0, 20))).toEqual([
    "2026-01-01 05:30 UTC",
    "2025-12-01 05:30 UTC",
  ]);
});

test("nothing is restored before confirmation", async () => {
  const { world, aws } = await applied();
  expect(await restoring(world, "--only aurora")).toMatchObject({
    message: 'Cannot restore "database": there is no interactive terminal for approval; nothing was changed',
    hint: "Review the recovery points, then run: npx ts-node scripts/provision.ts restore --env dev --only aurora --yes",
    exitCode: 4,
  });
  world.answering("no", undefined);
  expect(await restoring(world, "--only aurora")).toMatchObject({
    message: 'Cannot restore "database": declined',
  });
  expect(world.printed).toContain(
    'Restore the database as of 2026-01-01 05:30 UTC to a new cluster "dev-aurora-postgresql-20260101-0900"?',
  );
  expect(world.questions.at(-1)).toBe("yes/no");
  expect(await restoring(world, "--only aurora")).toMatchObject({ exitCode: 7 });
  expect(aws.names).not.toContain("backup StartRestoreJob");
});

test("a backup that is not there is refused", async () => {
  const { world } = await applied();
  const gone = arn("backup", "recovery-point:gone");
  expect(await restoring(world, `--only aurora --yes --recovery-point ${gone}`)).toMatchObject({
    message: `Cannot restore "${gone}": it is no complete recovery point of "${values.aurora.clusterArn}"`,
    hint: "Choose one of those listed: npx ts-node scripts/provision.ts restore --env dev --only aurora --yes",
    exitCode: 4,
  });
});

test("where there is no backup at all, other ways back are named", async () => {
  const { world, aws } = await applied();
  aws.points = [];
  expect(await restoring(world, "--only efs --yes")).toMatchObject({
    message:
      'Cannot restore "arn:aws:elasticfilesystem:us-west-2:123456789012:file-system/fs-old": AWS Backup has no complete recovery point of it in us-west-2',
    hint: "See docs/disaster-recovery.md for other ways back, such as a point in time or a copy in another region",
  });
});

test("a failed restore prints the reason", async () => {
  const { world, aws } = await applied();
  aws.statuses = ["RUNNING", "FAILED"];
  expect(await restoring(world, "--only aurora --yes")).toMatchObject({
    message: 'Cannot restore: job "4711" is FAILED, AWS Backup says "no such subnet group"',
    hint: "Correct what it reports, then run: npx ts-node scripts/provision.ts restore --env dev --only aurora --yes",
  });
});

test("Ctrl-C stops waiting, and prints the command to check the running restore", async () => {
  const { world, aws } = await applied();
  aws.statuses = ["RUNNING", "RUNNING", "COMPLETED"];
  setTimeout(() => {
    world.interrupt();
  }, 5);
  expect(await restoring(world, "--only efs --yes")).toMatchObject({
    hint: "Go on with: aws backup describe-restore-job --region us-west-2 --restore-job-id 4711; the restore itself goes on",
    exitCode: 7,
  });
});

const unnamed = (code: string, message: string) => Object.assign(new Error(message), { code });

test.each([
  [
    awsError("AccessDeniedException", "no iam:PassRole"),
    'AWS says "AccessDeniedException: no iam:PassRole"',
    "Use a role that has this permission, e.g. with AWS_PROFILE",
  ],
  [
    awsError("ExpiredTokenException", "The security token is expired"),
    'there are no valid AWS credentials, "The security token is expired"',
    "Run: aws sso login --profile dev",
  ],
  [
    awsError("RequestExpired", "Request has expired"),
    'the clock of this machine differs from that of AWS, "RequestExpired: Request has expired"',
    "Set the clock of this machine, e.g. by NTP",
  ],
  [
    awsError("ServiceUnavailable", "Try again", 503),
    'AWS says "ServiceUnavailable: Try again"',
    "Wait a minute",
  ],
  [
    awsError("ThrottlingException", "Rate exceeded"),
    'AWS says "ThrottlingException: Rate exceeded"',
    "Wait a minute",
  ],
  [
    awsError("InvalidParameterValueException", "no such vault"),
    'AWS says "InvalidParameterValueException: no such vault"',
    "Correct what AWS reports",
  ],
  [
    unnamed("ENOTFOUND", "getaddrinfo ENOTFOUND backup.us-west-2.amazonaws.com"),
    "AWS cannot be reached, getaddrinfo ENOTFOUND backup.us-west-2.amazonaws.com",
    "Check the network, HTTPS_PROXY, NO_PROXY and AWS_CA_BUNDLE",
  ],
  [
    unnamed("SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain"),
    "AWS cannot be reached, self-signed certificate in certificate chain",
    "Set AWS_CA_BUNDLE to a PEM file with the authority that issued this certificate",
  ],
  [
    Object.assign(new Error('the proxy refuses, it says "407 Proxy Authentication Required"'), {
      name: "NetworkError",
    }),
    'AWS cannot be reached, the proxy refuses, it says "407 Proxy Authentication Required"',
    "Put user and password of the proxy into HTTPS_PROXY",
  ],
  [
    Object.assign(new Error("no answer within 300 seconds"), { name: "TimeoutError" }),
    "AWS did not answer in time",
    "Check the network, HTTPS_PROXY and NO_PROXY",
  ],
])("a call that fails says why and what to do: %s", async (error, truth, action) => {
  const { world, aws } = await applied();
  aws.refusals.set("backup StartRestoreJob", error);
  expect(await restoring(world, "--only aurora --yes")).toMatchObject({
    message: `Cannot start the restore: ${truth}`,
    hint: `${action}; then run: npx ts-node scripts/provision.ts restore --env dev --only aurora --yes`,
  });
});

test("an error that AWS did not return is a bug, and keeps its stack trace", async () => {
  const { world, aws } = await applied();
  aws.refusals.set("backup StartRestoreJob", new TypeError("x is not a function"));
  await expect(restoring(world, "--only aurora --yes")).rejects.toThrow("x is not a function");
});

test("an output that only another version has does not keep a restore from working, one that it reads does", async () => {
  const { world } = await applied();
  const state = [...world.cloud.stored].find(([key]) => key.includes("/aurora/"));
  const [key, text] = state ?? ["", ""];
  world.cloud.stored.set(key, text.replaceAll("securityGroupId", "groupId"));
  expect(await restoring(world, "--only aurora --yes")).toMatchObject({
    message: 'Cannot run restore: "aurora" is not applied, or was applied by an earlier version',
    hint: "Run: npx ts-node scripts/provision.ts --env dev --only aurora",
  });
  expect(await restoring(world, "--only efs --yes")).toBe(0);
});

test("only layers that declare a restore can be selected, including layers of extensions", async () => {
  const { world } = await applied();
  expect(await restoring(world, "--only kms --yes")).toMatchObject({
    message: 'Cannot select layer "kms": "restore" does not apply to it',
    hint: "Choose from: efs, aurora",
  });
});

test("a layer that is not applied cannot be restored", async () => {
  const world = new FakeWorld();
  expect(await restoring(world, "--only aurora --yes")).toMatchObject({
    message: 'Cannot run restore: "backup" is not applied, or was applied by an earlier version',
    hint: "Run: npx ts-node scripts/provision.ts --env dev --only backup",
    exitCode: 4,
  });
});

test("a restore, which may take hours, lets other runs of the environment begin once the job is to start", async () => {
  const { world } = await applied();
  const locked: [string, boolean][] = [];
  const { aws } = world;
  const send = aws.send.bind(aws);
  Object.assign(aws, {
    send: (...call: Parameters<typeof send>) => {
      locked.push([call[0].operation, world.texts.has(".provision/dev/run.lock")]);
      return send(...call);
    },
  });
  expect(await restoring(world, "--only aurora --yes")).toBe(0);
  expect(Object.fromEntries(locked)).toMatchObject({
    ListRecoveryPointsByResource: true,
    StartRestoreJob: false,
    CreateDBInstance: false,
  });
});
