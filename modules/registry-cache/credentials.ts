import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { TerraformVariable } from "cdktf";
import type { LayerStack } from "../../lib/layer/stack";
import type { UpstreamName } from "./upstreams";

/** The Terraform variable for a registry's user name and token, which is set at run time. */
export function credentialsVariable(name: UpstreamName): string {
  return `${name}_credentials`;
}

interface Credentials {
  readonly name: UpstreamName;
  readonly version: number;
}

/** Adds the secret with a registry's user name and token; returns its ARN, known after the value is set. */
export function addCredentials(stack: LayerStack, { name, version }: Credentials): string {
  const variable = new TerraformVariable(stack, credentialsVariable(name), {
    type: "string",
    sensitive: true,
    nullable: false,
    description: `User name and access token for ${name}, JSON`,
  });
  // cdktf has no ephemeral variables, whose values are stored neither in plan nor in state.
  variable.addOverride("ephemeral", true);
  const secret = new SecretsmanagerSecret(stack, `${name}-credentials-secret`, {
    // ECR requires this prefix.
    name: `ecr-pullthroughcache/${stack.named("secret", name)}`,
    description: `Credentials for ${name}, from which images are cached`,
    // No key: ECR accepts only the default key of Secrets Manager.
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-secret.html
    // A secret in its recovery window blocks its name.
    recoveryWindowInDays: stack.deletionProtection ? 30 : 0,
  });
  return new SecretsmanagerSecretVersion(stack, `${name}-credentials-value`, {
    secretId: secret.arn,
    secretStringWo: variable.stringValue,
    secretStringWoVersion: version,
  }).secretId;
}
