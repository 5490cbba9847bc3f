import { each, mustHaveCompanion } from "../../checks";
import { denies } from "../../denials";
import { eachAllowance, granted } from "../../permissions";
import { rules } from "../../rule";
import { policiesIn, type Statement } from "../../statements";
import type { Resource } from "../../../synthesis/resource";

/** Rules about who reaches buckets. */
export const bucketAccessRules = rules({
  "bucket-public-access": {
    title: "No bucket can be made public",
    publicIds: [
      "CKV_AWS_53",
      "CKV_AWS_54",
      "CKV_AWS_55",
      "CKV_AWS_56",
      "CKV2_AWS_6",
      "AWS-0086",
      "AWS-0087",
      "AWS-0091",
      "AWS-0093",
      "AWS-0094",
      "S3.2",
      "S3.3",
      "S3.8",
    ],
    reason: "Buckets that were made public by mistake are a common cause of data leaks",
    fix: "Add an aws_s3_bucket_public_access_block with all four arguments true",
    check: (synthesised) => [...unblockedBuckets(synthesised), ...incompleteBlocks(synthesised)],
  },
  "account-public-access": {
    title: "A public access block of an account blocks all public access",
    publicIds: ["S3.1"],
    reason: "It also covers buckets that are created outside this repository",
    fix: "Set all four arguments of aws_s3_account_public_access_block to true",
    check: each(["aws_s3_account_public_access_block"], (block) =>
      blocksAll(block) ? undefined : "it does not block all public access",
    ),
  },
  "bucket-owner": {
    title: "The owner of a bucket owns all of its objects",
    publicIds: ["CKV2_AWS_65", "S3.12"],
    reason: "ACLs of single objects can grant access to others, or deny it to the owner",
    fix: "Add an aws_s3_bucket_ownership_controls with BucketOwnerEnforced",
    check: mustHaveCompanion("aws_s3_bucket", {
      by: "aws_s3_bucket_ownership_controls",
      through: "bucket",
      where: (controls) => controls.is("rule.object_ownership", "BucketOwnerEnforced"),
      without: "others may own objects in it",
    }),
  },
  "bucket-tls": {
    title: "Every bucket denies requests without TLS 1.2 or later",
    publicIds: ["S3.5"],
    reason: "Without TLS, data and signatures cross the network unencrypted",
    fix: "Deny s3:* in the bucket's policy when aws:SecureTransport is false and when s3:TlsVersion is below 1.2",
    check: each(["aws_s3_bucket"], (bucket, synthesised) => {
      const policies = synthesised.referring(bucket, "aws_s3_bucket_policy", "bucket");
      const statements = policiesIn(synthesised, "resource")
        .filter(({ resource }) => resource === bucket || policies.includes(resource))
        .flatMap((policy) => policy.statements ?? []);
      return withoutTls.every((condition) => denies(statements, { actions: everyAction, ...condition }))
        ? undefined
        : "it accepts requests without TLS 1.2";
    }),
  },
  "bucket-acl": {
    title: "No ACL of a bucket grants access to others",
    publicIds: ["CKV_AWS_20", "CKV_AWS_57", "AWS-0092"],
    reason: "ACLs grant access to everyone, or to every AWS account, and are easily overlooked",
    fix: "Remove the ACL, and grant access in the bucket's policy",
    check: each(["aws_s3_bucket", "aws_s3_bucket_acl"], (resource) =>
      resource.texts("acl").every((acl) => privateAcls.includes(acl)) &&
      !resource.has("access_control_policy")
        ? undefined
        : "its ACL grants access to others",
    ),
  },
  "bucket-principals": {
    title: "A bucket's policy that names no principal names the account, organisation, network or function",
    publicIds: ["CKV_AWS_70"],
    reason: "Addresses and headers of a request can be chosen by anyone",
    fix: "Name principals, or add a condition on aws:PrincipalArn, aws:PrincipalAccount or aws:SourceVpce",
    check: eachAllowance(["resource"], ({ principals, narrowingKeys }, { resource }) =>
      ofBuckets.includes(resource.type) &&
      principals.includes("*") &&
      !narrowingKeys.some((key) => ofCallers.includes(key))
        ? "it allows access by everyone"
        : undefined,
    ),
  },
  "bucket-lockout": {
    title: "No bucket's policy denies every principal to change it",
    publicIds: ["CKV_AWS_93"],
    reason: "Only the root user can remove such a policy",
    fix: "Add a condition to the statement, or deny single actions",
    check: (synthesised) =>
      policiesIn(synthesised, "resource").flatMap(({ resource, statements = [] }) =>
        ofBuckets.includes(resource.type) && statements.some(locksOut)
          ? [{ layer: resource.layer, address: resource.address, message: "it denies everyone to change it" }]
          : [],
      ),
  },
  "bucket-name": {
    title: "No bucket's name contains a dot",
    publicIds: ["AWS-0320"],
    reason: "The certificate of S3 is not valid for hosts of such buckets",
    fix: "Choose a name without dots",
    check: each(["aws_s3_bucket"], (bucket) =>
      bucket.texts("bucket").some((name) => name.replace(/\$\{[^}]*\}/g, "").includes("."))
        ? "its name contains a dot"
        : undefined,
    ),
  },
});

const ofBuckets = ["aws_s3_bucket", "aws_s3_bucket_policy"];

function locksOut(statement: Statement): boolean {
  const { allows, principals, conditionKeys } = statement;
  const isForAll = !allows && principals.includes("*") && conditionKeys.length === 0;
  return isForAll && granted(statement, ["s3:PutBucketPolicy"]).length > 0;
}

const unblockedBuckets = mustHaveCompanion("aws_s3_bucket", {
  by: "aws_s3_bucket_public_access_block",
  through: "bucket",
  where: blocksAll,
  without: "it can be made public",
});

/** Blocks of buckets that are not in the environment; the others are judged with their buckets. */
const incompleteBlocks = each(["aws_s3_bucket_public_access_block"], (block, synthesised) =>
  blocksAll(block) || synthesised.targets(block, "bucket").length > 0
    ? undefined
    : "it does not block all public access",
);

function blocksAll(block: Resource): boolean {
  return blockArguments.every((argument) => block.is(argument, true));
}

const everyAction = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"];

const withoutTls = [
  { operator: "Bool", key: "aws:securetransport", value: "false" },
  { operator: "NumericLessThan", key: "s3:tlsversion", value: "1.2" },
];

const privateAcls = ["private", "log-delivery-write", "bucket-owner-read", "bucket-owner-full-control"];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const ofCallers = [
  ...["arn", "account", "orgid", "orgpaths"].map((part) => `aws:principal${part}`),
  ...["aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:vpceaccount", "aws:userid"],
  ...[
    "aws:ec2instancesourcevpc",
    "ec2:sourceinstancearn",
    "lambda:sourcefunctionarn",
    "ssm:sourceinstancearn",
  ],
];

const blockArguments = [
  "block_public_acls",
  "block_public_policy",
  "ignore_public_acls",
  "restrict_public_buckets",
];
