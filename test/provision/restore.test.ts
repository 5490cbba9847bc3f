import { expect, test } from "vitest";
import { inOrder } from "../../lib/layer/layer";
import { FakeAws } from "./fake-aws-cli";
import { FakeWorld } from "./fake-world";
import { publishing } from "./publishing";
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

const layers = inOrder([cellar, ...Object.entries(values).map(([name, given]) => publishing(name, given))]);

async function applied(): Promise<{ world: FakeWorld; aws: FakeAws }> {
  const world = new FakeWorld();
  expect(await run(world, "--env dev --yes", layers)).toBe(0);
  world.printed.length = 0;
  return { world, aws: new FakeAws(world) };
}
const restoring = (world: FakeWorld, words: string) => run(world, `restore --env dev ${words}`, layers);

test("the newest complete backup of the database becomes a cluster beside the old one, with an instance", async () => {
  const { world, aws } = await applied();
  expect(await restoring(world, "--only aurora --yes")).toBe(0);
  expect(aws.calls.map(({ name }) => name)).toEqual([
    "backup list-recovery-points-by-resource",
    "backup get-recovery-point-restore-metadata",
    "backup start-restore-job",
    "backup describe-restore-job",
    "backup describe-restore-job",
    "backup describe-restore-job",
    "rds modify-db-cluster",
    "rds wait db-cluster-available",
    "rds create-db-instance",
    "rds wait db-instance-available",
    "rds modify-db-cluster",
    "rds describe-db-clusters",
  ]);
  const start = (option: string) => aws.given("backup start-restore-job", option);
  expect([start("--recovery-point-arn"), start("--iam-role-arn"), start("--region")]).toEqual([
    newest,
    values.backup.restoreRoleArn,
    "us-west-2",
  ]);
  expect(JSON.parse(start("--metadata") ?? "")).toEqual({
    Engine: "aurora-postgresql",
    DBClusterIdentifier: "dev-aurora-postgresql-20260101-0900",
    DBSubnetGroupName: "dev-aurora",
    VpcSecurityGroupIds: '["sg-aurora"]',
  });
  expect(aws.given("rds modify-db-cluster", "--serverless-v2-scaling-configuration")).toBe(
    "MinCapacity=0.5,MaxCapacity=8",
  );
  expect(world.printed.join("\n")).toContain("It answers at restored.example.com");
});

test("the file system becomes a new one with mount targets in the same subnets", async () => {
  const { world, aws } = await applied();
  expect(await restoring(world, "--only efs --yes")).toBe(0);
  expect(JSON.parse(aws.given("backup start-restore-job", "--metadata") ?? "")).toMatchObject({
    "file-system-id": "fs-old",
    newFileSystem: "true",
    CreationToken: "dev-restored-20260101-0900",
    KmsKeyId: values.kms.keyArns.data,
  });
  const mounted = aws.calls.filter(({ name }) => name === "efs create-mount-target");
  expect(mounted.map(({ words }) => words.slice(2, 8))).toEqual(
    ["subnet-a", "subnet-b"].map((subnet) => [
      ...["--file-system-id", "fs-new", "--security-groups", "sg-efs", "--subnet-id", subnet],
    ]),
  );
});

test("an older backup is restored when it is named, and all are listed first", async () => {
  const { world, aws } = await applied();
  const old = arn("backup", "recovery-point:old");
  expect(await restoring(world, `--only aurora --yes --recovery-point ${old}`)).toBe(0);
  expect(aws.given("backup start-restore-job", "--recovery-point-arn")).toBe(old);
  const listed = world.printed.filter((line) => line.includes(":recovery-point:"));
  expect(listed.map((line) => line.trim().slice(0, 20))).toEqual([
    "2026-01-01 05:30 UTC",
    "2025-12-01 05:30 UTC",
  ]);
});

test("nothing is restored before somebody agrees", async () => {
  const { world, aws } = await applied();
  expect(await restoring(world, "--only aurora")).toMatchObject({
    message: "Cannot restore the database: there is no terminal to ask at; nothing was made",
    hint: "Run: npx ts-node scripts/provision.ts restore --env dev --only aurora --yes",
    exitCode: 4,
  });
  world.answering("no", undefined);
  expect(await restoring(world, "--only aurora")).toMatchObject({
    message: "Cannot restore the database: you did not agree; nothing was made",
  });
  expect(world.questions.at(-1)).toContain(
    'Restore the database as of 2026-01-01 05:30 UTC to a new cluster "dev-aurora-postgresql-20260101-0900"? yes/no',
  );
  expect(await restoring(world, "--only aurora")).toMatchObject({ exitCode: 7 });
  expect(aws.calls.map(({ name }) => name)).not.toContain("backup start-restore-job");
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

test("a restore that fails says why", async () => {
  const { world, aws } = await applied();
  aws.statuses = ["RUNNING", "FAILED"];
  expect(await restoring(world, "--only aurora --yes")).toMatchObject({
    message: 'Cannot restore: job "4711" is FAILED, AWS Backup says "no such subnet group"',
    hint: "Mend what it complains about, then run: npx ts-node scripts/provision.ts restore --env dev --only aurora --yes",
  });
});

test("Ctrl-C ends the waiting, and says how to look at the restore that goes on", async () => {
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

test.each([
  [
    "An error occurred (AccessDeniedException) when calling the StartRestoreJob operation: no iam:PassRole",
    /^Use a role that has this permission, e\.g\. with AWS_PROFILE, then run: /,
  ],
  [
    "Unable to locate credentials. You can configure credentials by running aws login",
    /^Sign in to account 123456789012, e\.g\. with aws sso login, then run: /,
  ],
  ["An error occurred (ThrottlingException): slow down", /^Wait a minute, then run: /],
])("AWS's own words are shown: %s", async (said, hint) => {
  const { world, aws } = await applied();
  aws.refusals.set("backup start-restore-job", said);
  expect(await restoring(world, "--only aurora --yes")).toMatchObject({
    message: expect.stringMatching(/^Cannot start the restore: /),
    hint: expect.stringMatching(hint),
  });
});

test("a missing AWS CLI is named", async () => {
  const { world, aws } = await applied();
  aws.refusals.set("backup list-recovery-points-by-resource", "missing");
  expect(await restoring(world, "--only aurora --yes")).toMatchObject({
    message: 'Cannot list recovery points: no program "aws" is on the PATH',
    exitCode: 4,
  });
});

test("what is not applied cannot be restored", async () => {
  const world = new FakeWorld();
  expect(await restoring(world, "--only aurora --yes")).toMatchObject({
    message: 'Cannot restore: "backup" is not applied, or was by an earlier version',
    hint: "Run: npx ts-node scripts/provision.ts --env dev --only backup",
    exitCode: 4,
  });
});
