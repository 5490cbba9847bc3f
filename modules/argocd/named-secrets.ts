import type { Environment } from "../../lib/layer/environment-schema";
import type { Precondition, Problem } from "../../lib/layer/layer";
import { secretPlaceProblems, simulatedSecret } from "../../lib/layer/secret-arn";
import type { Settings } from "./settings";

/** A secret that a setting of this layer names. */
interface NamedSecret {
  readonly path: Problem["path"];
  readonly arn: string;
  /** Of its JSON. */
  readonly keys: readonly string[];
}

type Naming = Pick<Settings, "argocd" | "repository" | "applications">;

function namedSecrets({ argocd, repository, applications }: Naming): readonly NamedSecret[] {
  const all = [
    { path: ["argocd", "adminPasswordSecretArn"], arn: argocd.adminPasswordSecretArn, keys: ["password"] },
    {
      path: ["repository", "credentialsSecretArn"],
      arn: repository.credentialsSecretArn,
      keys: ["username", "password"],
    },
    ...applications.map(({ credentialsSecretArn: arn }, index) => ({
      path: ["applications", index, "credentialsSecretArn"],
      arn,
      keys: ["username", "password"],
    })),
  ];
  return all.flatMap(({ arn, ...secret }) => (arn === undefined ? [] : [{ ...secret, arn }]));
}

/** Reports secrets of another account or Region. */
export function namedSecretProblems(environment: Environment, settings: Naming): readonly Problem[] {
  return namedSecrets(settings).flatMap(({ path, arn }) =>
    secretPlaceProblems(environment, ["layers", "argocd", ...path], arn),
  );
}

/** The secrets that must exist before the layer is applied. */
export function namedSecretsOf(settings: Naming): readonly Precondition[] {
  return namedSecrets(settings).flatMap(({ arn, keys }) => simulatedSecret(arn, keys));
}
