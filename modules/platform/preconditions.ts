import type { Precondition } from "../../lib/layer/layer";
import { givenSecrets, type SecretArns } from "./secret-arns";

/** The secrets that must exist before the layer is applied; simulated ones have no values. */
export function givenSecretsOf({
  settings: { secrets },
}: {
  readonly settings: { readonly secrets: SecretArns };
}): readonly Precondition[] {
  // Object.keys widens the keys of a record to string.
  const names = Object.keys(givenSecrets) as (keyof typeof givenSecrets)[];
  return names.flatMap((name) => {
    const id = secrets[name];
    const { keys } = givenSecrets[name];
    if (id === undefined) return [];
    const content = Object.fromEntries([...keys, "caCertificate"].map((key) => [key, "simulated"]));
    return secretWith(id, content);
  });
}

/** A secret, and its current version. */
function secretWith(id: string, content: Readonly<Record<string, string>>): readonly Precondition[] {
  return [
    { type: "aws_secretsmanager_secret", attributes: { id, arn: id, name: id.replace(/^.*:secret:/, "") } },
    {
      type: "aws_secretsmanager_secret_version",
      attributes: { secret_id: id, secret_string: JSON.stringify(content) },
    },
  ];
}
