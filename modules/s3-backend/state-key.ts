import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { administration, useThrough } from "../../lib/constructs/key-policy";
import { policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

/**
 * Adds the KMS key for state under the alias that every layer's backend uses; returns its ARN. It comes after the bucket: of two
 * runs in an empty account, one cannot create that, and should not leave a key behind.
 */
export function addStateKey(
  stack: LayerStack,
  { provider, after }: { readonly provider: AwsProvider; readonly after: S3Bucket },
): string {
  const { environment } = stack;
  const place = { ...environment, region: environment.state.region };
  const key = new KmsKey(stack, "state-key", {
    provider,
    dependsOn: [after],
    description: `${environment.name}: Terraform state`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyDocument([administration(place), ...useThrough(["s3"], place)]),
    tags: { Name: stack.named("kmsAlias", "state") },
  });
  new KmsAlias(stack, "state-alias", {
    provider,
    name: `alias/${stack.named("kmsAlias", "state")}`,
    targetKeyId: key.keyId,
  });
  return key.arn;
}
