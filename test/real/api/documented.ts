import { databaseRules } from "./documented-databases";
import { type DocumentedRule, text } from "./documented-rule";
import { badTags } from "./documented-tags";
import type { Decoded, Violation } from "./request";

const docs = "https://docs.aws.amazon.com";
const ec2 = `${docs}/AWSEC2/latest/APIReference`;
const elb = `${docs}/elasticloadbalancing/latest/APIReference`;
const iamQuotas = `${docs}/IAM/latest/UserGuide/reference_iam-quotas.html`;

const ofGroups = /^[\w ._\-:/()#,@[\]+=&;{}!$*]{0,255}$/;
const groupText = {
  rule: "at most 255 of a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*",
  holds: text((value) => ofGroups.test(value)),
};
const ruleOperations = ["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"].map(
  (operation) => `ec2.${operation}`,
);
const balancerName = {
  rule: "at most 32 letters, digits and hyphens, no hyphen at the ends",
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
};
const userData = {
  rule: "at most 16 KB before it is encoded",
  source: `${docs}/AWSEC2/latest/UserGuide/instancedata-add-user-data.html`,
  holds: text((value) => Buffer.from(value, "base64").length <= 16_384),
};

/** IAM does not count white space. */
const dense = (limit: number) => text((value) => value.replace(/\s/g, "").length <= limit);

const rules: readonly DocumentedRule[] = [
  {
    operations: ["ec2.CreateSecurityGroup"],
    member: "Description",
    source: `${ec2}/API_CreateSecurityGroup.html`,
    ...groupText,
  },
  {
    operations: ["ec2.CreateSecurityGroup"],
    member: "GroupName",
    source: `${ec2}/API_CreateSecurityGroup.html`,
    rule: `${groupText.rule}; not sg- at its start`,
    holds: text((value) => ofGroups.test(value) && !value.startsWith("sg-")),
  },
  ...["IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs"].map((kind) => ({
    operations: ruleOperations,
    member: `IpPermissions.${kind}.Description`,
    source: `${ec2}/API_IpRange.html`,
    ...groupText,
  })),
  {
    operations: ["ec2.CreateLaunchTemplate"],
    member: "LaunchTemplateName",
    source: `${ec2}/API_CreateLaunchTemplate.html`,
    rule: "3 to 128 of a-z, A-Z, 0-9 and ().-/_",
    holds: text((value) => /^[a-zA-Z0-9().\-/_]{3,128}$/.test(value)),
  },
  { operations: ["ec2.CreateLaunchTemplate"], member: "LaunchTemplateData.UserData", ...userData },
  { operations: ["ec2.RunInstances"], member: "UserData", ...userData },
  {
    operations: ["elbv2.CreateLoadBalancer"],
    member: "Name",
    source: `${elb}/API_CreateLoadBalancer.html`,
    rule: `${balancerName.rule}; not internal- at its start`,
    holds: text((value) => balancerName.pattern.test(value) && !value.startsWith("internal-")),
  },
  {
    operations: ["elbv2.CreateTargetGroup"],
    member: "Name",
    source: `${elb}/API_CreateTargetGroup.html`,
    rule: balancerName.rule,
    holds: text((value) => balancerName.pattern.test(value)),
  },
  {
    operations: ["logs.PutRetentionPolicy"],
    member: "retentionInDays",
    source: `${docs}/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html`,
    rule: "one of the values that are listed there",
    holds: (value) => retentions.has(Number(value)),
  },
  {
    operations: ["logs.PutResourcePolicy"],
    member: "policyDocument",
    source: `${docs}/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html`,
    rule: "at most 5,120 characters",
    holds: text((value) => value.length <= 5120),
  },
  {
    operations: ["kms.CreateAlias"],
    member: "AliasName",
    source: `${docs}/kms/latest/APIReference/API_CreateAlias.html`,
    rule: "not alias/aws/ at its start",
    holds: text((value) => !value.startsWith("alias/aws/")),
  },
  {
    operations: ["kms.CreateKey", "kms.PutKeyPolicy"],
    member: "Policy",
    source: `${docs}/kms/latest/developerguide/resource-limits.html`,
    rule: "at most 32 KB",
    holds: text((value) => Buffer.byteLength(value) <= 32_768),
  },
  {
    operations: ["s3.CreateBucket"],
    member: "Bucket",
    source: `${docs}/AmazonS3/latest/userguide/bucketnamingrules.html`,
    rule: "a bucket's name",
    holds: text(isBucketName),
  },
  {
    operations: ["s3.PutBucketPolicy"],
    member: "Policy",
    source: `${docs}/AmazonS3/latest/userguide/using-iam-policies.html`,
    rule: "at most 20 KB",
    holds: text((value) => Buffer.byteLength(value) <= 20_480),
  },
  {
    operations: ["iam.CreateRole"],
    member: "AssumeRolePolicyDocument",
    source: iamQuotas,
    rule: "at most 2,048 characters by default",
    holds: dense(2048),
  },
  {
    operations: ["iam.CreatePolicy", "iam.CreatePolicyVersion"],
    member: "PolicyDocument",
    source: iamQuotas,
    rule: "at most 6,144 characters",
    holds: dense(6144),
  },
  {
    operations: ["iam.PutRolePolicy"],
    member: "PolicyDocument",
    source: iamQuotas,
    rule: "at most 10,240 characters of all inline policies of a role",
    holds: dense(10_240),
  },
  ...databaseRules,
];

const retentions = new Set([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);

function isBucketName(name: string): boolean {
  const isWritten = /^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/.test(name);
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  const isReserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  return isWritten && !isAddress && !isReserved;
}

/** What AWS would refuse although its models allow it. */
export function againstDocumentation(decoded: Decoded): readonly Violation[] {
  const { service, operation, params } = decoded;
  const concerned = rules.filter(({ operations }) => operations.includes(`${service}.${operation}`));
  const broken = concerned.flatMap(({ member, rule, holds }) =>
    valuesAt(params, member.split("."))
      .filter((value) => !holds(Buffer.isBuffer(value) ? value.toString() : value))
      .map((value) => ({ member, kind: "documented", value, rule })),
  );
  return [...broken, ...badTags(decoded)];
}

function valuesAt(from: unknown, [step, ...steps]: readonly string[]): readonly unknown[] {
  if (from === undefined || from === null) return [];
  if (Array.isArray(from))
    return from.flatMap((each: unknown) => valuesAt(each, step === undefined ? [] : [step, ...steps]));
  if (step === undefined) return [from];
  // A structure, decoded by its model.
  return valuesAt((from as Readonly<Record<string, unknown>>)[step], steps);
}
