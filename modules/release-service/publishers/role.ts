import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { policyDocument, type Statement } from "../../../lib/constructs/iam-policy";
import { bucketArn } from "../../../lib/constructs/private-bucket";
import type { Environment } from "../../../lib/layer/environment-schema";
import { physicalName } from "../../../lib/layer/names";
import type { LayerStack } from "../../../lib/layer/stack";
import { viaService } from "../../../lib/layer/partition";
import { repositoryPrefix } from "../repositories";
import type { Settings } from "../settings";
import { filePrefix } from "../stores";
import { addIdentityProviders } from "./identity-providers";
import type { Publisher } from "./settings";
import { trustOf } from "./trust";

interface Stores {
  readonly bucketName: string;
  readonly keyArn: string;
}

/** Name of a publisher's role. */
export function publisherRole(environment: Pick<Environment, "name">, publisher: string): string {
  return physicalName(environment.name, "iamRole", `release-publisher-${publisher}`);
}

/** Adds a role for each publisher, and the OIDC providers that the account lacks; returns the roles' ARNs by publisher. */
export function addPublishers(
  stack: LayerStack,
  settings: Pick<Settings, "publishers" | "identityProviderArns">,
  stores: Stores,
): Readonly<Record<string, string>> {
  const providerOf = addIdentityProviders(stack, settings);
  return Object.fromEntries(
    Object.entries(settings.publishers).map(([name, publisher]) => {
      const trust = trustOf(publisher, providerOf(publisher.issuer));
      const role = new IamRole(stack, `publisher-${name}-role`, {
        name: publisherRole(stack.environment, name),
        description: "Publishes releases from a pipeline",
        assumeRolePolicy: policyDocument(trust),
      });
      new IamRolePolicy(stack, `publisher-${name}-policy`, {
        name: "publish",
        role: role.name,
        policy: policyDocument([...pushing(stack, publisher), ...uploading(stack, publisher, stores)]),
      });
      return [name, role.arn];
    }),
  );
}

/** Pushes artefacts; the tags of the repositories are immutable. */
function pushing(stack: LayerStack, { repositories }: Publisher): readonly Statement[] {
  if (repositories.length === 0) return [];
  return [
    { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Effect: "Allow",
      // https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html, and what clients read before and after.
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      Resource: repositories.map((name) =>
        stack.arn("ecr", `repository/${repositoryPrefix(stack.environment)}/${name}`),
      ),
    },
  ];
}

/** Creates files; S3 refuses a request that could overwrite one. */
function uploading(
  stack: LayerStack,
  { pathPrefixes }: Publisher,
  { bucketName, keyArn }: Stores,
): readonly Statement[] {
  if (pathPrefixes.length === 0) return [];
  const bucket = bucketArn(stack, bucketName);
  const keys = pathPrefixes.map((prefix) => `${filePrefix}${prefix}*`);
  const files = keys.map((key) => `${bucket}/${key}`);
  return [
    {
      Effect: "Allow",
      // Without it, S3 does not tell a missing file from one that may not be read.
      Action: "s3:ListBucket",
      Resource: bucket,
      Condition: { StringLike: { "s3:prefix": keys } },
    },
    // Of unfinished uploads, to go on with them. IAM has no prefix for it:
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
    { Effect: "Allow", Action: "s3:ListBucketMultipartUploads", Resource: bucket },
    {
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
      Resource: files,
    },
    {
      // Of a multipart upload, only the request that completes it can have this header:
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
      Effect: "Deny",
      Action: "s3:PutObject",
      Resource: files,
      Condition: { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } },
    },
    {
      Effect: "Allow",
      // The parts of an upload are decrypted when it is completed.
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keyArn,
      Condition: { StringEquals: { "kms:ViaService": viaService("s3", stack.environment) } },
    },
  ];
}
