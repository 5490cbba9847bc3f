import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { TerraformVariable } from "cdktf";
import type { LayerStack } from "../../lib/layer/stack";
import type { UpstreamName } from "./upstreams";

/** The Terraform variable that gets an account's user name and token at run time. */
export function credentialsVariable(name: UpstreamName): string {
  return `${name}_credentials`;
}

interface Credentials {
  readonly name: UpstreamName;
  readonly keyArn: string;
  readonly version: number;
}

/** Adds the secret with an account's user name and token; returns its ARN, which is known once the secret has a value. */
export function addCredentials(stack: LayerStack, { name, keyArn, version }: Credentials): string {
  const variable = new TerraformVariable(stack, credentialsVariable(name), {
    type: "string",
    sensitive: true,
    nullable: false,
    description: `User name and token of the account at ${name}, JSON`,
  });
  // cdktf knows no ephemeral variables: neither plan nor state holds their values.
  variable.addOverride("ephemeral", true);
  const secret = new SecretsmanagerSecret(stack, `${name}-credentials-secret`, {
    // ECR takes credentials only from secrets with this prefix.
    name: `ecr-pullthroughcache/${stack.named("secret", name)}`,
    description: `Account at ${name} from which images are cached`,
    kmsKeyId: keyArn,
    // A secret that waits for its deletion keeps its name from the next one.
    recoveryWindowInDays: stack.deletionProtection ? 30 : 0,
  });
  return new SecretsmanagerSecretVersion(stack, `${name}-credentials-value`, {
    secretId: secret.arn,
    secretStringWo: variable.stringValue,
    secretStringWoVersion: version,
  }).secretId;
}
