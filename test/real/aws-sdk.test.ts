import { createColors } from "picocolors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allPages, type AwsCall, awsCall, sent } from "../../lib/layer/aws-call";
import { readAsText } from "../../lib/layer/read-as-text";
import type { RestoreStep } from "../../lib/layer/restore";
import { clusterIdentifier } from "../../modules/aurora/engine-version";
import { snapshotsQuestion } from "../../modules/aurora/leftovers";
import { restorableDatabase } from "../../modules/aurora/restore";
import { restorableFileSystem } from "../../modules/efs/restore";
import { volumesQuestion } from "../../modules/eks/leftovers";
import { retainedKeys } from "../../modules/kms/retained-keys";
import { repositoriesQuestion } from "../../modules/registry-cache/leftovers";
import { AwsOffers } from "../../scripts/provision/commands/init/aws-offers";
import { awsSdk } from "../../scripts/provision/world/aws";
import { currentLook } from "../modules/looks";
import { loadConfig } from "../synth";
import { signedRequest, type Moto, startMoto } from "./moto";
import { missing } from "./tools";

const because = missing("moto");
const region = "us-west-2";

let moto: Moto;
let sdk: ReturnType<typeof awsSdk>;
let environment: Readonly<Record<string, string>>;

/** Sends a call as `provision` does; its answer has the type that the call declares. */
async function send<Output>(call: AwsCall<Output>): Promise<Output> {
  return (await sdk.send(call, { region, environment, patience: "work" })) as Output;
}

/** Keeps what is printed. */
function silentScreen() {
  const notes: string[] = [];
  const working = () => ({ update: () => undefined, stop: () => undefined });
  const print = (text = "") => void notes.push(text);
  return { notes, screen: { working, print, ink: createColors(false) } };
}

/** Asks one of the older query APIs. */
async function query(service: string, version: string, action: Readonly<Record<string, string>>) {
  const body = new URLSearchParams({ ...action, Version: version });
  const answer = await signedRequest(moto.url, service, { method: "POST", body });
  expect(answer.status).toBe(200);
  return answer.text();
}

/** Takes the steps after a restore; returns their notes. */
async function take(steps: readonly RestoreStep[]): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const step of steps) {
    const answer = await send(step.call);
    expect(step.progress?.(answer) ?? "ready").toBe("ready");
    if (step.note !== undefined) notes.push(step.note(answer));
  }
  return notes;
}

describe.skipIf(because !== undefined)(`calls of AWS, sent to an emulated one ${because ?? ""}`, () => {
  beforeAll(async () => {
    moto = await startMoto();
    sdk = awsSdk();
    environment = { ...moto.variables };
  });
  afterAll(() => {
    moto.stop();
  });

  test("list a bucket in an emulator without names of buckets, from all pages", async () => {
    const put = (path: string, body = "") =>
      signedRequest(`${moto.url}/${path}`, "s3", { method: "PUT", body });
    await put(
      "state",
      `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`,
    );
    for (const key of ["a", "b", "c", "d", "e"]) await put(`state/${key}`, key);
    const list = allPages(awsCall("s3", "ListObjectsV2", { Bucket: "state", MaxKeys: 2 }), "Contents");
    const { Contents = [] } = await send(list);
    expect(Contents.map(({ Key }) => Key)).toEqual(["a", "b", "c", "d", "e"]);
    const missing = send(awsCall("s3", "ListObjectsV2", { Bucket: "no-such-bucket-here" }));
    await expect(missing).rejects.toMatchObject({ name: "NoSuchBucket" });
  });

  test("suggest account, zones and hosted zones for a new environment, from all pages", async () => {
    // More than ListHostedZones gives on a page.
    const names = Array.from(
      { length: 101 },
      (_, index) => `zone-${String(index).padStart(3, "0")}.example.com`,
    );
    const create = (name: string) =>
      signedRequest(`${moto.url}/2013-04-01/hostedzone`, "route53", {
        method: "POST",
        body: `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>${name}</CallerReference></CreateHostedZoneRequest>`,
      });
    for (const name of names) expect((await create(name)).status).toBe(201);
    // The emulator loads a service with its first call, which takes longer than a suggestion may.
    await send(awsCall("ec2", "DescribeAvailabilityZones", {}));
    const { screen, notes } = silentScreen();
    const offers = new AwsOffers({ aws: sdk, environment }, screen, {
      region,
      account: undefined,
      asks: true,
    });
    expect(await offers.caller()).toMatchObject({ account: "123456789012" });
    expect((await offers.zones(region))?.slice(0, 3)).toEqual(["us-west-2a", "us-west-2b", "us-west-2c"]);
    expect(await offers.hostedZones(region)).toEqual(names);
    expect(notes).toEqual([]);
  });

  test("read an object as text", async () => {
    const get = (Key: string) =>
      send(readAsText(awsCall("s3", "GetObject", { Bucket: "state", Key }), "Body"));
    expect(await get("c")).toMatchObject({
      Body: "c",
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/) as string,
    });
    await expect(get("z")).rejects.toMatchObject({ name: "NoSuchKey" });
  });

  test("read the value of a secret", async () => {
    await signedRequest(moto.url, "secretsmanager", {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "secretsmanager.CreateSecret",
      },
      body: JSON.stringify({
        Name: "master",
        SecretString: '{"username":"op"}',
        ClientRequestToken: "x".repeat(32),
      }),
    });
    const { SecretString } = await send(awsCall("secrets-manager", "GetSecretValue", { SecretId: "master" }));
    expect(SecretString).toBe('{"username":"op"}');
  });

  test("make a restored database usable", async () => {
    const create = {
      ...{ Action: "CreateDBCluster", DBClusterIdentifier: "old-20260101-0900", Engine: "aurora-postgresql" },
      ...{ MasterUsername: "op", MasterUserPassword: "password-of-the-test" },
    };
    await query("rds", "2014-10-31", create);
    const created = await signedRequest(moto.url, "kms", {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "TrentService.CreateKey" },
      body: "{}",
    });
    // KMS's answer.
    const { KeyMetadata } = (await created.json()) as { readonly KeyMetadata: { readonly Arn: string } };
    const original = {
      ...{
        clusterIdentifier: "old",
        clusterArn: "arn:old",
        subnetGroupName: "group",
        securityGroupId: "sg-1",
      },
      ...{ minCapacityAcu: 0.5, maxCapacityAcu: 8, dataKeyArn: KeyMetadata.Arn },
    };
    const notes = await take(restorableDatabase(original, "20260101-0900").finish("arn:new"));
    expect(notes).toEqual([expect.stringMatching(/^Its endpoint is old-20260101-0900\./)]);
    const { DBClusters } = await send(
      awsCall("rds", "DescribeDBClusters", { DBClusterIdentifier: "old-20260101-0900" }),
    );
    expect(DBClusters?.[0]).toMatchObject({
      DeletionProtection: true,
      DBClusterMembers: [{ DBInstanceIdentifier: "old-20260101-0900-1" }],
    });
  });

  test("make a restored file system usable", async () => {
    const [, subnetId = ""] =
      /<subnetId>(subnet-[^<]+)</.exec(await query("ec2", "2016-11-15", { Action: "DescribeSubnets" })) ?? [];
    const [, groupId = ""] =
      /<groupId>(sg-[^<]+)</.exec(await query("ec2", "2016-11-15", { Action: "DescribeSecurityGroups" })) ??
      [];
    const created = await signedRequest(`${moto.url}/2015-02-01/file-systems`, "elasticfilesystem", {
      method: "POST",
      body: JSON.stringify({ CreationToken: "restored" }),
    });
    // EFS's answer.
    const { FileSystemId, FileSystemArn } = (await created.json()) as Record<string, string>;
    const original = {
      ...{ fileSystemId: "fs-old", fileSystemArn: "arn:old", securityGroupId: groupId },
      ...{ subnetIds: [subnetId], dataKeyArn: "" },
    };
    expect(await take(restorableFileSystem(original, "restored").finish(sent(FileSystemArn, "ARN")))).toEqual(
      [expect.stringContaining(`Nodes can mount ${FileSystemId ?? ""}`)],
    );
  });

  test("find what a destroyed environment leaves", async () => {
    const { environment: given } = loadConfig();
    const tags = { "Key.1": "environment", "Key.2": "ebs.csi.aws.com/cluster" };
    await query("ec2", "2016-11-15", {
      ...{ Action: "CreateVolume", AvailabilityZone: `${region}a`, Size: "20" },
      ...{ "TagSpecification.1.ResourceType": "volume" },
      ...{ "TagSpecification.1.Tag.1.Key": tags["Key.1"], "TagSpecification.1.Tag.1.Value": given.name },
      ...{ "TagSpecification.1.Tag.2.Key": tags["Key.2"], "TagSpecification.1.Tag.2.Value": "true" },
    });
    const volumes = currentLook(volumesQuestion({ ...given, region }));
    if (!("call" in volumes)) throw new Error("It is asked by a typed call");
    expect(volumes.finding(await send(volumes.call))).toMatch(/^1 volume of pods is left, 20 GiB/);

    await signedRequest(moto.url, "ecr", {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.CreateRepository",
      },
      body: JSON.stringify({ repositoryName: "dev-quay/keycloak" }),
    });
    const repositories = currentLook(repositoriesQuestion({ ...given, region }, ["dev-quay"]));
    if (!("call" in repositories)) throw new Error("It is asked by a typed call");
    expect(repositories.finding(await send(repositories.call))).toContain("dev-quay/keycloak");
  });

  test("find the snapshot of a destroyed database, and that its key and Vault's are needed", async () => {
    const given = { ...loadConfig().environment, region };
    const cluster = clusterIdentifier(given);
    const rds = (parameters: Readonly<Record<string, string>>) => query("rds", "2014-10-31", parameters);
    const keyArn = `arn:aws:kms:${region}:123456789012:key/4711`;
    await rds({
      ...{ Action: "CreateDBCluster", DBClusterIdentifier: cluster, Engine: "aurora-postgresql" },
      ...{ MasterUsername: "orchestrator", MasterUserPassword: "not-a-password-4711" },
      ...{ StorageEncrypted: "true", KmsKeyId: keyArn },
    });
    const id = { DBClusterSnapshotIdentifier: "final", DBClusterIdentifier: cluster };
    await rds({ Action: "CreateDBClusterSnapshot", ...id });
    await rds({ Action: "DeleteDBCluster", DBClusterIdentifier: cluster, SkipFinalSnapshot: "true" });

    const left = currentLook(snapshotsQuestion(given));
    if (!("call" in left)) throw new Error("It is asked by a typed call");
    expect(left.finding(await send(left.call))).toMatch(/^Snapshots of the database are left: final;/);
    const needed = retainedKeys(given).map(async (key) => {
      const searches = key.dependents({ "aws_kms_key.data-key": keyArn, "aws_kms_key.eks-key": "another" });
      const found = searches.map(async (search) =>
        "call" in search ? search.found(await send(search.call)) : [],
      );
      return [key.address, [...new Set((await Promise.all(found)).flat())]] as const;
    });
    expect(await Promise.all(needed)).toEqual([
      ["aws_kms_key.data-key", ['database snapshot "final"']],
      ["aws_kms_key.vault-key", ['database snapshot "final"']],
      ["aws_kms_key.eks-key", []],
    ]);
  });
});
