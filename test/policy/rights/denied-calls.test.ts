import { beforeAll, describe, expect, test } from "vitest";
import { allow, type Allowance } from "../../../policy/deployer/statements";
import type { RecordedCall } from "../../real/api/recorded-call";
import { deniedCalls, describeDenial } from "./denied-calls";
import { loadReference, type Reference } from "./reference";

const account = "111122223333";
const eu = `eu-central-1:${account}`;
const roles = `arn:aws:iam::${account}:role`;
const key = `arn:aws:kms:${eu}:key/1234`;
let reference: Reference;

beforeAll(async () => {
  const services = "backup backup-storage ec2 ecr eks elasticloadbalancing iam kms lambda s3 sns";
  reference = await loadReference(services.split(" ").map((service) => `${service}:any`));
});

function call(name: string, params: RecordedCall["params"] = {}): RecordedCall {
  const [service = "", operation = ""] = name.split(".");
  return { service, operation, region: "eu-central-1", params, status: 200, layer: "toy", phase: "apply" };
}

/** What calls lack with these statements, as action, resource and reason. */
function lacking(calls: readonly RecordedCall[], ...Statement: readonly Allowance[]): readonly string[] {
  const policies = [{ Version: "2012-10-17", Statement } as const];
  return deniedCalls(calls, { policies, reference, context: { partition: "aws", account } }).map(
    ({ action, resource = "any resource", reason }) => `${action} on ${resource}: ${reason}`,
  );
}

describe("a recorded call is denied", () => {
  test("if no statement has its action, with layer, phase and cause", () => {
    const calls = [call("sns.DeleteTopic", { TopicArn: `arn:aws:sns:${eu}:prod-alarms` })];
    const judgement = { policies: [], reference, context: { partition: "aws", account } } as const;
    expect(deniedCalls(calls, judgement).map(describeDenial)).toEqual([
      `sns.DeleteTopic (toy, apply) needs sns:DeleteTopic on arn:aws:sns:${eu}:prod-alarms: no statement allows the action; needed for the operation`,
    ]);
  });

  test("if no statement has its resource, of which the request tells the name", () => {
    const allowed = allow(["s3:GetBucketPolicy"], ["arn:aws:s3:::prod-*"]);
    expect(lacking([call("s3.GetBucketPolicy", { Bucket: "prod-logs" })], allowed)).toEqual([]);
    expect(lacking([call("s3.GetBucketPolicy", { Bucket: "dev-logs" })], allowed)).toEqual([
      "s3:GetBucketPolicy on arn:aws:s3:::dev-logs: no statement allows the resource",
    ]);
  });

  test("if it is limited to what only AWS's answer tells", () => {
    const limited = allow(["ec2:CreateVpc"], [`arn:aws:ec2:${eu}:vpc/vpc-1`]);
    expect(lacking([call("ec2.CreateVpc")], limited)).toEqual([
      `ec2:CreateVpc on arn:aws:ec2:${eu}:vpc/0123456789abcdef0: no statement allows the resource`,
    ]);
  });

  test("if its condition is not met, such as the prefix of a list", () => {
    const allowed = allow(["s3:ListBucket"], ["arn:aws:s3:::state"], {
      StringLike: { "s3:prefix": ["eu/*"] },
    });
    const listed = (Prefix: string) => call("s3.ListObjectsV2", { Bucket: "state", Prefix });
    expect(lacking([listed("eu/vpc")], allowed)).toEqual([]);
    const denied = "s3:ListBucket on arn:aws:s3:::state: no condition is met";
    expect(lacking([listed("us/vpc")], allowed)).toEqual([denied]);
    expect(lacking([call("s3.HeadBucket", { Bucket: "state" })], allowed)).toEqual([denied]);
  });

  test("if its tags do not meet a condition, in any of the forms of tags", () => {
    const tagged = { StringEquals: { "aws:RequestTag/environment": "prod" } };
    const allowed = [
      allow(["kms:CreateKey"], ["*"], tagged),
      allow(["kms:TagResource", "ec2:CreateTags"], ["*"]),
      allow(["ec2:CreateVpc"], ["*"], tagged),
    ];
    const keyWith = (value: string) =>
      call("kms.CreateKey", { Tags: [{ TagKey: "environment", TagValue: value }] });
    const vpc = call("ec2.CreateVpc", {
      TagSpecifications: [{ ResourceType: "vpc", Tags: [{ Key: "environment", Value: "prod" }] }],
    });
    expect(lacking([keyWith("prod"), vpc], ...allowed)).toEqual([]);
    expect(lacking([keyWith("dev")], ...allowed)).toEqual([
      "kms:CreateKey on any resource: no condition is met",
    ]);
  });

  test("if its operation has no action of that name", () => {
    expect(
      lacking([call("s3.MoveBucket", { Bucket: "prod-logs" })], allow(["s3:MoveBucket"], ["*"])),
    ).toEqual(["s3:MoveBucket on any resource: AWS has no such action"]);
  });

  test("if it passes a role that it may not pass, or not to this service", () => {
    const template = call("ecr.CreateRepositoryCreationTemplate", {
      prefix: "p",
      customRoleArn: `${roles}/prod-cache`,
    });
    const own = [
      allow(["ecr:CreateRepository", "ecr:CreateRepositoryCreationTemplate"], ["*"]),
      allow(["iam:CreateServiceLinkedRole"], ["*"]),
    ];
    const passing = (role: string, service: string) =>
      allow(["iam:PassRole"], [`${roles}/${role}`], { StringEquals: { "iam:PassedToService": service } });
    expect(lacking([template], ...own, passing("prod-cache", "ecr.amazonaws.com"))).toEqual([]);
    expect(lacking([template], ...own, passing("prod-other", "ecr.amazonaws.com"))).toEqual([
      `iam:PassRole on ${roles}/prod-cache: no statement allows the resource`,
    ]);
    expect(lacking([template], ...own, passing("prod-cache", "eks.amazonaws.com"))).toEqual([
      `iam:PassRole on ${roles}/prod-cache: no condition is met`,
    ]);
  });

  test("if it passes the role of an instance profile that it may not pass", () => {
    const calls = [
      call("iam.AddRoleToInstanceProfile", { InstanceProfileName: "bastion", RoleName: "prod-bastion" }),
      call("ec2.RunInstances", { IamInstanceProfile: { Name: "bastion" } }),
    ];
    const own = allow(["ec2:RunInstances", "iam:AddRoleToInstanceProfile"], ["*"]);
    expect(lacking(calls, own)).toEqual([
      `iam:PassRole on ${roles}/prod-bastion: no statement allows the action`,
      `iam:PassRole on ${roles}/prod-bastion: no statement allows the action`,
    ]);
  });

  test("if it has a role of which it is not known whether it is passed", () => {
    const odd = call("lambda.PutFunctionConcurrency", {
      FunctionName: "proxy",
      SomeRole: `${roles}/prod-proxy`,
    });
    expect(lacking([odd], allow(["lambda:PutFunctionConcurrency"], ["*"]))).toEqual([
      `iam:PassRole on ${roles}/prod-proxy: it is not known whether the role is passed`,
    ]);
  });

  test("if AWS calls another service with the caller's permissions, and they do not suffice", () => {
    const vault = call("backup.CreateBackupVault", { BackupVaultName: "prod", EncryptionKeyArn: key });
    const own = allow(["backup:CreateBackupVault", "backup-storage:MountCapsule"], ["*"]);
    const actions = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"];
    expect(lacking([vault], own, allow(actions, [key]))).toEqual([
      `kms:RetireGrant on ${key}: no statement allows the action`,
    ]);
  });

  test("if it creates a service-linked role that it may not create", () => {
    const rule = call("ecr.CreatePullThroughCacheRule", { ecrRepositoryPrefix: "docker" });
    const creating = allow(["iam:CreateServiceLinkedRole"], ["*"], {
      StringEquals: { "iam:AWSServiceName": "eks.amazonaws.com" },
    });
    expect(lacking([rule], allow(["ecr:CreatePullThroughCacheRule"], ["*"]), creating)).toEqual([
      `iam:CreateServiceLinkedRole on ${roles}/aws-service-role/pullthroughcache.ecr.amazonaws.com/*: no condition is met`,
    ]);
  });

  test("if its key has no alias yet that allows its use, and not after it got one", () => {
    const vault = call("backup.CreateBackupVault", { BackupVaultName: "prod", EncryptionKeyArn: key });
    const alias = call("kms.CreateAlias", { AliasName: "alias/prod-backup", TargetKeyId: "1234" });
    const own = allow(["backup:CreateBackupVault", "backup-storage:MountCapsule", "kms:CreateAlias"], ["*"]);
    const use = allow(
      ["CreateGrant", "Decrypt", "DescribeKey", "GenerateDataKey", "RetireGrant"].map(
        (name) => `kms:${name}`,
      ),
      [`arn:aws:kms:${eu}:key/*`],
      { "ForAnyValue:StringEquals": { "kms:ResourceAliases": ["alias/prod-backup"] } },
    );
    expect(lacking([alias, vault], own, use)).toEqual([]);
    expect(lacking([vault, alias], own, use)).toHaveLength(5);
  });

  test("if its key has no tag that allows it, unless it creates the key", () => {
    const created = (environment: string) => ({
      ...call("kms.CreateKey", { Tags: [{ TagKey: "environment", TagValue: environment }] }),
      answer: '{"KeyMetadata": {"KeyId": "1234"}}',
    });
    const name = { AliasName: "alias/prod-data" };
    const later = [
      call("kms.CreateAlias", { ...name, TargetKeyId: "1234" }),
      call("kms.TagResource", { KeyId: "1234", Tags: [{ TagKey: "team", TagValue: "one" }] }),
      call("kms.DeleteAlias", name),
    ];
    const own = [
      allow(["kms:CreateKey"], ["*"]),
      allow(["kms:CreateAlias", "kms:DeleteAlias"], [`arn:aws:kms:${eu}:alias/prod-data`]),
      allow(["kms:TagResource"], [`arn:aws:kms:${eu}:key/*`], {
        Null: { "aws:ResourceTag/environment": "true" },
      }),
      allow(["kms:CreateAlias", "kms:DeleteAlias", "kms:TagResource"], [`arn:aws:kms:${eu}:key/*`], {
        StringEquals: { "aws:ResourceTag/environment": "prod" },
      }),
    ];
    expect(lacking([created("prod"), ...later], ...own)).toEqual([]);
    expect(lacking([created("dev"), ...later], ...own)).toEqual(
      ["CreateAlias", "TagResource", "DeleteAlias"].map(
        (action) => `kms:${action} on ${key}: no condition is met`,
      ),
    );
  });

  test("once, however often it was made", () => {
    const topic = call("sns.DeleteTopic", { TopicArn: `arn:aws:sns:${eu}:prod-alarms` });
    expect(lacking([topic, topic])).toHaveLength(1);
  });

  test("never, if every caller may make it", () => {
    expect(lacking([call("sts.GetCallerIdentity")])).toEqual([]);
  });
});
