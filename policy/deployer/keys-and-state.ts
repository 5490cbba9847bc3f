import type { SynthesisedJson } from "../../synthesis/environment";
import { type AccountContext, regionOf } from "./account";
import { allow, type Allowance } from "./statements";

/**
 * What services do with the environment's keys in the name of the deployer when it creates encrypted resources.
 * A vault or repository also retires its grant:
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 */
const keyUse = [
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "kms:RetireGrant",
];

/** The use of every key that has an alias of this environment. */
export function keyAllowances(synthesised: SynthesisedJson, context: AccountContext): readonly Allowance[] {
  const aliases = synthesised.of("aws_kms_alias");
  const { partition, account, state } = context;
  const regions = new Set([state.region, ...aliases.map((alias) => regionOf(alias, context))]);
  const keys = [...regions].map((region) => `arn:${partition}:kms:${region}:${account}:key/*`);
  const names = [...new Set(aliases.flatMap((alias) => alias.texts("name")))].sort();
  return [
    allow(keyUse, keys, { "ForAnyValue:StringEquals": { "kms:ResourceAliases": names } }),
    ...(state.kmsKeyArn === undefined ? [] : [allow(keyUse, [state.kmsKeyArn])]),
  ];
}

/** State of this environment's layers: read and written, and deleted with its bucket only; its locks come and go. */
export function stateAllowances({ name, partition, region, state }: AccountContext): readonly Allowance[] {
  const bucket = `arn:${partition}:s3:::${state.bucket}`;
  const states = `${bucket}/${region}/*/${name}`;
  return [
    // Terraform looks for workspaces below env:/ whether there are any or not.
    allow(["s3:ListBucket", "s3:ListBucketVersions"], [bucket], {
      StringLike: { "s3:prefix": ["env:/*", `${region}/*`] },
    }),
    // An earlier version takes the place of a state that is damaged.
    allow(["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"], [states]),
    allow(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], [`${states}.tflock`]),
  ];
}
