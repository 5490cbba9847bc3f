import { describe, expect, test } from "vitest";
import { findBotocore } from "../real/api/botocore";
import { Judge } from "../real/api/judge";
import { binary, form, json, rest } from "./requests";

const botocore = findBotocore();

const xml = (name: string, content: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><${name} xmlns="http://aws.amazon.com/doc/">${content}</${name}>`;
const ec2 = (fields: Readonly<Record<string, string>>) => form("ec2", "2016-11-15", fields);
const iam = (fields: Readonly<Record<string, string>>) => form("iam", "2010-05-08", fields);
const elb = (fields: Readonly<Record<string, string>>) => form("elasticloadbalancing", "2015-12-01", fields);
const rds = (fields: Readonly<Record<string, string>>) => form("rds", "2014-10-31", fields);
const kms = (operation: string, members: unknown) => json("kms", `TrentService.${operation}`, members);
const nodeGroup = {
  nodegroupName: "edge",
  subnets: ["subnet-1"],
  nodeRole: "arn:aws:iam::123456789012:role/n",
};
const lifecycle = (rule: string) =>
  rest("s3", "PUT /bucket?lifecycle", xml("LifecycleConfiguration", `<Rule>${rule}</Rule>`));
const changes = (content: string) =>
  rest(
    "route53",
    "POST /2013-04-01/hostedzone/Z1/rrset/",
    xml("ChangeResourceRecordSetsRequest", `<ChangeBatch>${content}</ChangeBatch>`),
  );

const run = { Action: "RunInstances", ImageId: "ami-1", MinCount: "1", MaxCount: "1" };
const role = { Action: "CreateRole", RoleName: "edge", AssumeRolePolicyDocument: "{}" };
const alarm = { AlarmName: "a", ComparisonOperator: "GreaterThanThreshold", EvaluationPeriods: 1 };
const accessPoint = { ClientToken: "a", FileSystemId: "fs-12345678" };

/** Requests as SDKs write them, what they ask for, and what is read from them. */
const right = {
  "ec2, a list of structures in another": [
    ec2({
      ...run,
      InstanceType: "t3.micro",
      "TagSpecification.1.ResourceType": "instance",
      "TagSpecification.1.Tag.1.Key": "team",
      "TagSpecification.1.Tag.1.Value": "edge",
      "NetworkInterface.1.DeviceIndex": "0",
      "NetworkInterface.1.SecurityGroupId.1": "sg-1",
    }),
    "ec2.RunInstances",
    {
      ImageId: "ami-1",
      MinCount: 1,
      MaxCount: 1,
      InstanceType: "t3.micro",
      TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "team", Value: "edge" }] }],
      NetworkInterfaces: [{ DeviceIndex: 0, Groups: ["sg-1"] }],
    },
  ],
  "query, a list by the name of its members": [
    iam({ ...role, "Tags.member.1.Key": "team", "Tags.member.1.Value": "" }),
    "iam.CreateRole",
    { RoleName: "edge", AssumeRolePolicyDocument: "{}", Tags: [{ Key: "team", Value: "" }] },
  ],
  "query, a list by the name of its items": [
    rds({
      Action: "CreateDBCluster",
      DBClusterIdentifier: "edge",
      Engine: "aurora-postgresql",
      "VpcSecurityGroupIds.VpcSecurityGroupId.1": "sg-1",
      "ServerlessV2ScalingConfiguration.MinCapacity": "0.5",
      "ServerlessV2ScalingConfiguration.MaxCapacity": "2",
    }),
    "rds.CreateDBCluster",
    {
      DBClusterIdentifier: "edge",
      Engine: "aurora-postgresql",
      VpcSecurityGroupIds: ["sg-1"],
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 2 },
    },
  ],
  "query, a map": [
    form("sns", "2010-03-31", {
      Action: "CreateTopic",
      Name: "edge",
      "Attributes.entry.1.key": "KmsMasterKeyId",
      "Attributes.entry.1.value": "alias/edge",
    }),
    "sns.CreateTopic",
    { Name: "edge", Attributes: { KmsMasterKeyId: "alias/edge" } },
  ],
  "query, the newer of two services": [
    elb({ Action: "CreateTargetGroup", Name: "edge", Protocol: "TCP", "Matcher.HttpCode": "200" }),
    "elbv2.CreateTargetGroup",
    { Name: "edge", Protocol: "TCP", Matcher: { HttpCode: "200" } },
  ],
  json: [
    kms("CreateKey", { Description: "edge", Tags: [{ TagKey: "team", TagValue: "edge" }] }),
    "kms.CreateKey",
    { Description: "edge", Tags: [{ TagKey: "team", TagValue: "edge" }] },
  ],
  "json, the target of Java": [
    json("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.StartLogging", {
      Name: "edge",
    }),
    "cloudtrail.StartLogging",
    { Name: "edge" },
  ],
  "rest-json, names in the path and in the body": [
    rest("eks", "POST /clusters/edge/node-groups", { ...nodeGroup, labels: { pool: "batch" } }),
    "eks.CreateNodegroup",
    { clusterName: "edge", ...nodeGroup, labels: { pool: "batch" } },
  ],
  "rest-json, an ARN in the path": [
    rest(
      "eks",
      "DELETE /tags/arn%3Aaws%3Aeks%3Aus-west-2%3A123456789012%3Acluster%2Fedge?tagKeys=a&tagKeys=b",
    ),
    "eks.UntagResource",
    { resourceArn: "arn:aws:eks:us-west-2:123456789012:cluster/edge", tagKeys: ["a", "b"] },
  ],
  "rest-xml, a document as the payload": [
    lifecycle(
      "<ID>a</ID><Filter><Prefix></Prefix></Filter><Status>Enabled</Status><Transition><Days>1</Days><StorageClass>GLACIER</StorageClass></Transition>",
    ),
    "s3.PutBucketLifecycleConfiguration",
    {
      Bucket: "bucket",
      LifecycleConfiguration: {
        Rules: [
          {
            ID: "a",
            Filter: { Prefix: "" },
            Status: "Enabled",
            Transitions: [{ Days: 1, StorageClass: "GLACIER" }],
          },
        ],
      },
    },
  ],
  "rest-xml, members in the document": [
    changes(
      "<Changes><Change><Action>CREATE</Action><ResourceRecordSet><Name>a&amp;b</Name><Type>A</Type><TTL>60</TTL></ResourceRecordSet></Change></Changes>",
    ),
    "route53.ChangeResourceRecordSets",
    {
      HostedZoneId: "Z1",
      ChangeBatch: {
        Changes: [{ Action: "CREATE", ResourceRecordSet: { Name: "a&b", Type: "A", TTL: 60 } }],
      },
    },
  ],
  "rest-xml, one path for several operations": [
    rest("s3", "GET /bucket?list-type=2&prefix=a%2Fb"),
    "s3.ListObjectsV2",
    { Bucket: "bucket", Prefix: "a/b" },
  ],
  cbor: [
    binary("PutMetricAlarm", { ...alarm, Threshold: 0.5, Dimensions: [{ Name: "a", Value: "b" }] }),
    "cloudwatch.PutMetricAlarm",
    { ...alarm, Threshold: 0.5, Dimensions: [{ Name: "a", Value: "b" }] },
  ],
} as const;

/** Requests that AWS would refuse, with the violation that must be seen: kind and member. */
const wrong = {
  "ec2, a type that there is not": [ec2({ ...run, InstanceType: "t3.huge" }), "enum InstanceType"],
  "ec2, text for a number": [ec2({ ...run, MinCount: "one" }), "type MinCount"],
  "ec2, a field that there is not": [ec2({ ...run, "Tag.1.Key": "a" }), "unknown member Tag.1.Key"],
  "ec2, without what is required": [
    ec2({ Action: "CreateSecurityGroup", GroupName: "a" }),
    "missing required Description",
  ],
  "ec2, an apostrophe in a group's description": [
    ec2({ Action: "CreateSecurityGroup", GroupName: "a", GroupDescription: "the node's" }),
    "documented Description",
  ],
  "ec2, the same in a rule": [
    ec2({
      Action: "AuthorizeSecurityGroupIngress",
      GroupId: "sg-1",
      "IpPermissions.1.IpRanges.1.CidrIp": "10.0.0.0/8",
      "IpPermissions.1.IpRanges.1.Description": "the node's",
    }),
    "documented IpPermissions.IpRanges.Description",
  ],
  "ec2, user data of more than 16 KB": [
    ec2({ ...run, UserData: Buffer.alloc(16_385).toString("base64") }),
    "documented UserData",
  ],
  "query, a name with a space": [iam({ ...role, RoleName: "a b" }), "pattern RoleName"],
  "query, text that is too long": [iam({ ...role, Description: "x".repeat(1001) }), "length Description"],
  "query, an operation that there is not": [iam({ Action: "CreateRoll" }), "undecoded -"],
  "query, a protocol that there is not": [
    elb({ Action: "CreateTargetGroup", Name: "a", Protocol: "SCTP" }),
    "enum Protocol",
  ],
  "query, a name with two hyphens": [
    rds({ Action: "CreateDBCluster", DBClusterIdentifier: "a--b", Engine: "aurora-postgresql" }),
    "documented DBClusterIdentifier",
  ],
  "json, text that is too long": [kms("CreateKey", { Description: "x".repeat(8193) }), "length Description"],
  "json, a tag without its value": [
    kms("CreateKey", { Tags: [{ TagKey: "a" }] }),
    "missing required Tags[0].TagValue",
  ],
  "json, a member that there is not": [kms("CreateKey", { Descripton: "a" }), "unknown member Descripton"],
  "json, a number for text": [kms("CreateKey", { Description: 1 }), "type Description"],
  "json, a tag with AWS's own prefix": [
    kms("CreateKey", { Tags: [{ TagKey: "aws:a", TagValue: "b" }] }),
    "documented Tags",
  ],
  "json, a retention that there is not": [
    json("logs", "Logs_20140328.PutRetentionPolicy", { logGroupName: "a", retentionInDays: 42 }),
    "documented retentionInDays",
  ],
  "json, a number of days below the least": [
    json("kms", "TrentService.ScheduleKeyDeletion", { KeyId: "a", PendingWindowInDays: 0 }),
    "range PendingWindowInDays",
  ],
  "json, an account of one digit": [
    json("budgets", "AWSBudgetServiceGateway.DescribeBudget", { AccountId: "1", BudgetName: "a" }),
    "length AccountId",
  ],
  "rest-json, an effect that there is not": [
    rest("eks", "POST /clusters/a/node-groups", { ...nodeGroup, taints: [{ effect: "NEVER" }] }),
    "enum taints[0].effect",
  ],
  "rest-json, a list for a map": [
    rest("eks", "POST /clusters/a/node-groups", { ...nodeGroup, labels: ["a"] }),
    "type labels",
  ],
  "rest-json, an ID of another kind": [
    rest("elasticfilesystem", "POST /2015-02-01/access-points", { ...accessPoint, FileSystemId: "nope" }),
    "pattern FileSystemId",
  ],
  "rest-json, a name with a space in the path": [
    rest("backup", "PUT /backup-vaults/a%20b", {}),
    "pattern BackupVaultName",
  ],
  "rest-json, a path that there is not": [rest("eks", "POST /clutsers", {}), "undecoded -"],
  "rest-json, a query that there is not": [rest("eks", "GET /clusters/a?deep=true"), "unknown member ?deep"],
  "rest-xml, a status that there is not": [
    lifecycle("<Status>On</Status>"),
    "enum LifecycleConfiguration.Rules[0].Status",
  ],
  "rest-xml, an element that there is not": [
    lifecycle("<Status>Enabled</Status><Age>1</Age>"),
    "unknown member LifecycleConfiguration.Rules[0].Age",
  ],
  "rest-xml, an empty list": [changes("<Changes></Changes>"), "list size ChangeBatch.Changes"],
  "rest-xml, a document that is not closed": [rest("s3", "PUT /bucket?lifecycle", "<Rule>"), "undecoded -"],
  "rest-xml, a bucket in capitals": [rest("s3", "PUT /Bucket"), "documented Bucket"],
  "cbor, an operator that there is not": [
    binary("PutMetricAlarm", { ...alarm, ComparisonOperator: "Bigger" }),
    "enum ComparisonOperator",
  ],
  "cbor, no period at all": [
    binary("PutMetricAlarm", { ...alarm, EvaluationPeriods: 0 }),
    "range EvaluationPeriods",
  ],
  "a service without a model": [rest("nothing", "GET /"), "undecoded -"],
} as const;

describe.skipIf(botocore === undefined)(
  `a request is judged by botocore's models${botocore === undefined ? ": not found" : ""}`,
  () => {
    const judge = new Judge(botocore ?? "");

    test.each(Object.entries(right))("and allowed: %s", (_, [request, name, params]) => {
      const { decoded, violations } = judge.judge(request);
      expect({ name: `${decoded.service}.${decoded.operation}`, region: decoded.region, violations }).toEqual(
        {
          name,
          region: "us-west-2",
          violations: [],
        },
      );
      expect(decoded.params).toEqual(params);
    });

    test.each(Object.entries(wrong))("and refused: %s", (_, [request, expected]) => {
      const found = judge.judge(request).violations.map(({ kind, member }) => `${kind} ${member}`);
      expect(found).toEqual([expected]);
    });
  },
);
