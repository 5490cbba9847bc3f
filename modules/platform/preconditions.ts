import type { Precondition } from "../../lib/layer/layer";
import { simulatedSecret } from "../../lib/layer/secret-arn";
import { givenSecrets, type SecretArns } from "./secret-arns";

/** The secrets that must exist before the layer is applied. */
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
    return simulatedSecret(id, [...keys, "caCertificate"]);
  });
}
