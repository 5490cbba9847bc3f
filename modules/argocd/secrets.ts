import type { ITerraformDependable } from "cdktf";
import type { z } from "zod";
import { releases } from "../../gitops/releases";
import type { Received } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";
import type { aurora } from "../aurora/layer";
import type { platform } from "../platform/layer";
import type { route53 } from "../route53/layer";
import { addGatewayCertificate, readCertificate } from "./gateway-certificate";
import { addGiteaAuthority } from "./gitea-authority";
import { letsEncryptRoots } from "./lets-encrypt-roots";
import { addNamespaces } from "./namespaces";
import { addPlatformSecrets } from "./platform-secrets";
import { SecretSources } from "./secret-sources";
import { addVaultAccount } from "./vault-account";

/** What earlier layers say of secrets. */
interface Origins {
  readonly settings: z.output<typeof platform.settings>;
  /** Of applications that are none of the platform's. */
  readonly otherNamespaces: readonly string[];
  readonly users: Received<typeof platform.outputs>["userSecretArns"];
  /** Of the role that Vault assumes, where service accounts name their roles. */
  readonly vaultRoleArn: string | undefined;
  readonly database: Pick<Received<typeof aurora.outputs>, "databaseSecretArns" | "readerEndpoint">;
  readonly certificate: z.output<typeof route53.settings>["certificate"];
  readonly certificateSecretArns: Received<typeof route53.outputs>["certificateSecretArns"];
}

/** What the releases of this layer are installed after. */
interface Prepared {
  readonly sources: SecretSources;
  readonly namespaces: readonly ITerraformDependable[];
  /** What the applications of the platform find. */
  readonly platformSecrets: readonly ITerraformDependable[];
}

/** Adds the namespaces of the platform's release, then its Secrets and Vault's service account. */
export function addSecrets(
  stack: LayerStack,
  { settings, otherNamespaces, users, database, vaultRoleArn, ...tls }: Origins,
): Prepared {
  const { services, secrets } = settings;
  const { readerEndpoint, databaseSecretArns: databases } = database;
  const release = releases[settings.release];
  const sources = new SecretSources(stack, { users, databases, given: secrets });
  const namespaces = addNamespaces(stack, release, otherNamespaces);
  const { srePrivateAuthority } = secrets;
  const contents = { release, services, sources, readerEndpoint, srePrivateAuthority };
  const platformSecrets: ITerraformDependable[] = [
    addVaultAccount(stack, vaultRoleArn, namespaces),
    ...addPlatformSecrets(stack, contents, namespaces),
  ];
  const certificate =
    tls.certificate.source === "lets-encrypt"
      ? undefined
      : readCertificate(stack, tls.certificateSecretArns.at("platform"));
  if (certificate !== undefined) platformSecrets.push(addGatewayCertificate(stack, certificate, namespaces));
  if (services.applicationOrchestration)
    platformSecrets.push(addGiteaAuthority(stack, certificate?.chain ?? letsEncryptRoots, namespaces));
  return { sources, namespaces, platformSecrets };
}
