import type { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import type { ITerraformDependable } from "cdktf";
import type { z } from "zod";
import type { ExpectedSecret, PlatformRelease } from "../../gitops/releases/platform-release";
import type { LayerStack } from "../../lib/layer/stack";
import type { platform } from "../platform/layer";
import { addClusterSecret } from "./cluster-secret";
import { contentsByName, type Ingredients } from "./secret-contents";

/** Secrets that a part of this layer of their own adds. */
const addedElsewhere: readonly string[] = ["gitea/gitea-tls-certs"];

/** Secrets that no chart of the supported releases requires, and that exist if the operator gives their values. */
const onRequest: readonly ExpectedSecret[] = [
  { namespace: "orch-secret", name: "azure-ad-creds", keys: ["refresh_token"] },
];

/** Adds every Secret that the release's charts read and do not create, as far as the services are on. */
export function addPlatformSecrets(
  stack: LayerStack,
  { release, services, ...ingredients }: PlatformSecrets,
  after: readonly ITerraformDependable[],
): readonly SecretV1[] {
  const expected = [...release.secrets, ...onRequest].filter(
    ({ service, namespace, name }) =>
      (service === undefined || services[service]) && !addedElsewhere.includes(`${namespace}/${name}`),
  );
  return expected.flatMap((secret) => {
    const { namespace, name } = secret;
    const contents = contentsByName[`${namespace}/${name}`];
    if (contents === undefined)
      throw new Error(`Cannot add Secret "${namespace}/${name}": it has no contents in secret-contents.ts`);
    const found = contents(ingredients);
    return found === undefined
      ? []
      : [addClusterSecret(stack, { namespace, name, ...typeOf(secret), ...found }, after)];
  });
}

interface PlatformSecrets extends Ingredients {
  readonly release: Pick<PlatformRelease, "secrets">;
  readonly services: z.output<typeof platform.settings>["services"];
}

/** The type of a Secret cannot be changed, and Kubernetes checks the keys of some. */
function typeOf({ name }: ExpectedSecret): { readonly type?: string } {
  return name === "smtp-auth" ? { type: "kubernetes.io/basic-auth" } : {};
}
