import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { viaService } from "../../lib/layer/partition";
import { type Statement, policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";
import type { Program } from "./contents";

/** Access that a policy grants: `write` includes reading and deleting. */
export type Access = "read" | "write";

interface Actions {
  readonly onBuckets: readonly string[];
  readonly onObjects: readonly string[];
  readonly onKey: readonly string[];
}

const read: Actions = {
  onBuckets: ["s3:ListBucket", "s3:GetBucketLocation"],
  onObjects: ["s3:GetObject"],
  onKey: ["kms:Decrypt"],
};

const actions: Readonly<Record<Access, Actions>> = {
  read,
  write: {
    onBuckets: [...read.onBuckets, "s3:ListBucketMultipartUploads"],
    onObjects: [
      ...read.onObjects,
      "s3:PutObject",
      "s3:DeleteObject",
      "s3:AbortMultipartUpload",
      "s3:ListMultipartUploadParts",
    ],
    onKey: [...read.onKey, "kms:GenerateDataKey"],
  },
};

/** Inputs of a policy. */
interface PolicyFor {
  readonly access: Access;
  readonly bucketArns: readonly string[];
  readonly keyArn: string;
}

/** Adds a policy for a program's buckets, for the role of its pods; returns its ARN. */
export function addPolicy(stack: LayerStack, id: `${Program}-${Access}`, given: PolicyFor): string {
  return new IamPolicy(stack, id, {
    name: stack.named("iamPolicy", id),
    description: `${given.access === "read" ? "Reading" : "Reading and writing"} what ${id.split("-")[0]} keeps`,
    policy: policyDocument(statements(stack, given)),
  }).arn;
}

function statements({ environment }: LayerStack, given: PolicyFor): readonly Statement[] {
  const { onBuckets, onObjects, onKey } = actions[given.access];
  // After deletion, a bucket with the same name can be created by another account.
  const ours = { "aws:ResourceAccount": environment.account };
  return [
    { Effect: "Allow", Action: onBuckets, Resource: given.bucketArns, Condition: { StringEquals: ours } },
    {
      Effect: "Allow",
      Action: onObjects,
      Resource: given.bucketArns.map((arn) => `${arn}/*`),
      Condition: { StringEquals: ours },
    },
    {
      Effect: "Allow",
      Action: onKey,
      Resource: given.keyArn,
      Condition: { StringEquals: { "kms:ViaService": viaService("s3", environment) } },
    },
  ];
}
