import { DataAwsSecretsmanagerSecretVersions } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-versions";
import { Fn, propertyAccess, ref, Token } from "cdktf";
import type { LayerStack } from "../../lib/layer/stack";

/** A secret of Secrets Manager that holds a JSON object; Terraform reads it while it runs, and keeps nothing of it. */
export interface SecretSource {
  /** The current value of a key; only write-only arguments accept it. */
  readonly at: (key: string) => HeldValue;
  /** ID of the current version, which is no secret. */
  readonly versionId: string;
  /** When the current version was created, as RFC 3339 has it; it changes with the version alone. */
  readonly createdTime: () => HeldValue;
}

/** A value that exists while Terraform runs. */
export interface HeldValue {
  readonly source: SecretSource;
  /** For people, and to notice that something else is read. */
  readonly name: string;
  readonly expression: string;
}

/** The bcrypt hash of a value, with a new salt whenever it is sent. */
export function bcryptOf({ source, name, expression }: HeldValue): HeldValue {
  return { source, name: `bcrypt(${name})`, expression: Token.asString(Fn.bcrypt(expression, 10)) };
}

/** Reads a secret; an ID stands for one ARN. */
export function readSecret(stack: LayerStack, id: string, secretArn: string): SecretSource {
  const type = "aws_secretsmanager_secret_version";
  // cdktf has no class for ephemeral resources.
  stack.addOverride(`ephemeral.${type}.${id}`, { secret_id: secretArn });
  const text = ref(`ephemeral.${type}.${id}.secret_string`, stack);
  // It lists versions without their values: the plan shows a rotation, though it knows no secret.
  const versions = new DataAwsSecretsmanagerSecretVersions(stack, `${id}-versions`, { secretId: secretArn });
  const { terraformResourceType, friendlyUniqueId } = versions;
  const list = `data.${terraformResourceType}.${friendlyUniqueId}.versions`;
  const current = (attribute: string) =>
    ref(
      `one([for v in ${list} : v.${attribute} if contains(v.version_stages, "AWSCURRENT")])`,
      stack,
    ).toString();
  const source: SecretSource = {
    at: (key) => ({
      source,
      name: key,
      expression: Token.asString(propertyAccess(Fn.jsondecode(text.toString()), [key])),
    }),
    versionId: current("version_id"),
    createdTime: () => ({ source, name: "created time", expression: current("created_time") }),
  };
  return source;
}
