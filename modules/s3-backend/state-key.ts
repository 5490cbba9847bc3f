import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { administration, useThrough } from "../../lib/constructs/key-policy";
import { policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

/** Adds the KMS key for state under the alias that every layer's backend uses; returns its ARN. */
export function addStateKey(stack: LayerStack, provider: AwsProvider): string {
  const { environment } = stack;
  const place = { ...environment, region: environment.state.region };
  const key = new KmsKey(stack, "state-key", {
    provider,
    description: `${environment.name}: Terraform state`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyDocument([administration(place), ...useThrough(["s3"], place)]),
  });
  new KmsAlias(stack, "state-alias", {
    provider,
    name: `alias/${stack.named("kmsAlias", "state")}`,
    targetKeyId: key.keyId,
  });
  return key.arn;
}
