import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn } from "cdktf";
import { generatedPassword } from "../../lib/constructs/generated-password";
import type { LayerStack } from "../../lib/layer/stack";
import type { Services } from "./services";

/** Users whose passwords are generated, and the name of each where it logs in. */
export const generatedUsers = {
  "argocd-admin": "admin",
  "keycloak-admin": "admin",
  "harbor-admin": "admin",
  "gitea-admin": "gitea-admin",
  "gitea-argocd": "argocd",
  "gitea-apporch": "apporch",
  "gitea-clusterorch": "clusterorch",
} as const;

/** A user of the platform with a generated password. */
export type GeneratedUser = keyof typeof generatedUsers;

/** The users that an environment has. */
export function usersOf(services: Services): readonly GeneratedUser[] {
  // Object.keys widens the keys of a record to string.
  const users = Object.keys(generatedUsers) as GeneratedUser[];
  return users.filter((user) => user !== "harbor-admin" || services.applicationOrchestration);
}

/** Adds a secret with user name and generated password; returns its ARN. */
export function addUserSecret(
  stack: LayerStack,
  user: GeneratedUser,
  { keyArn, passwordVersion }: { readonly keyArn: string; readonly passwordVersion: number },
): string {
  const secret = new SecretsmanagerSecret(stack, `${user}-secret`, {
    name: stack.named("secret", user),
    description: `User ${generatedUsers[user]} of ${user.split("-")[0] ?? user}`,
    kmsKeyId: keyArn,
    // A secret in its recovery window blocks its name, so a destroy deletes secrets immediately.
    recoveryWindowInDays: stack.deletionProtection ? 30 : 0,
  });
  new SecretsmanagerSecretVersion(stack, `${user}-secret-version`, {
    secretId: secret.id,
    // Write-only: it is stored neither in plan nor in state. Terraform sends it when the version below changes.
    secretStringWo: Fn.jsonencode({
      username: generatedUsers[user],
      password: generatedPassword(stack, `${user}-password`),
      // Sessions of Argo CD are signed with it, so that they end when the password changes.
      ...(user === "argocd-admin" ? { signingKey: generatedPassword(stack, `${user}-signing-key`) } : {}),
    }),
    secretStringWoVersion: passwordVersion,
  });
  return secret.arn;
}
