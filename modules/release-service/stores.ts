import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { addPrivateBucket } from "../../lib/constructs/private-bucket";
import type { LayerStack } from "../../lib/layer/stack";
import { addRepository } from "./repositories";
import type { Settings } from "./settings";

/** Where releases are, and who may have them. */
export interface Stores {
  /** `ready` is the same name, known once the bucket is protected. */
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
  const name = stack.named("s3Bucket", `${stack.environment.account}-releases`);
  const ready = addPrivateBucket(stack, "releases", {
    name,
    keyArn,
    accessLogBucket,
    lifecycle: { noncurrentVersionDays: settings.noncurrentVersionDays },
  });
  const { untaggedRetentionDays } = settings;
  const urls = settings.repositories.map(
    (repository) =>
      [repository, addRepository(stack, { name: repository, keyArn, untaggedRetentionDays })] as const,
  );
  return {
    bucket: { name, ready },
    repositoryUrls: Object.fromEntries(urls),
    tokensSecretArn: addTokens(stack, keyArn),
  };
}

/** A secret without a value: whoever hands out tokens writes their hashes to it, so that Terraform never learns one. */
function addTokens(stack: LayerStack, keyArn: string): string {
  return new SecretsmanagerSecret(stack, "tokens", {
    name: stack.named("secret", "release-service-tokens"),
    description:
      "SHA-256 of every token that the release service accepts, hexadecimal, by its owner's name; JSON",
    kmsKeyId: keyArn,
    // A secret that waits for its deletion keeps its name from the next one.
    recoveryWindowInDays: stack.deletionProtection ? 30 : 0,
  }).arn;
}
