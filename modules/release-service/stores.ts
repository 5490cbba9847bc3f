import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { addPrivateBucket } from "../../lib/constructs/private-bucket";
import type { Environment } from "../../lib/layer/environment-schema";
import { physicalName } from "../../lib/layer/names";
import type { LayerStack } from "../../lib/layer/stack";
import { addRepositories } from "./repositories";
import type { Settings } from "./settings";

/** Prefix of the served objects; the function's code is stored outside it. */
export const filePrefix = "files/";

/** Name of the bucket. */
export function bucketName({ name, account }: Pick<Environment, "name" | "account">): string {
  return physicalName(name, "s3Bucket", `${account}-releases`);
}

/** The bucket, the repositories and the secret of the service. */
interface Stores {
  /** `ready` is the same name, known after the bucket is protected. */
  readonly bucket: { readonly name: string; readonly ready: string };
  readonly repositoryUrls: Readonly<Record<string, string>>;
  readonly tokensSecretArn: string;
}

/** Adds the bucket of files, the repositories of OCI artefacts, and the secret for the hashes of tokens. */
export function addStores(
  stack: LayerStack,
  settings: Settings,
  { keyArn, accessLogBucket }: { readonly keyArn: string; readonly accessLogBucket: string },
): Stores {
  const name = bucketName(stack.environment);
  const ready = addPrivateBucket(stack, "releases", {
    name,
    keyArn,
    accessLogBucket,
    lifecycle: { noncurrentVersionDays: settings.noncurrentVersionDays },
  });
  const { repositories: names, untaggedRetentionDays } = settings;
  return {
    bucket: { name, ready },
    repositoryUrls: addRepositories(stack, { names, keyArn, untaggedRetentionDays }),
    tokensSecretArn: addTokens(stack, keyArn),
  };
}

/** Adds a secret without a value: operators write the hashes of tokens to it, so Terraform does not know them. */
function addTokens(stack: LayerStack, keyArn: string): string {
  return new SecretsmanagerSecret(stack, "tokens", {
    name: stack.named("secret", "release-service-tokens"),
    description:
      "SHA-256 hashes (hexadecimal) of the tokens that the release service accepts, by owner; JSON",
    kmsKeyId: keyArn,
    // A secret in its recovery window blocks its name.
    recoveryWindowInDays: stack.deletionProtection ? 30 : 0,
  }).arn;
}
