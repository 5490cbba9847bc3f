import { createRequire } from "node:module";
import type { Variables } from "./aws-environment";

const load = createRequire(__filename);

interface Credentials {
  readonly expiration?: Date;
}
type Provider = (options: unknown) => Promise<Credentials>;
type CreateProvider = (init: object) => Provider;

/**
 * Credentials as Terraform and the AWS CLI find them: keys in the environment win over a profile, and a profile that is
 * named is the only one that counts. The SDK has both the other way. Fetched once, however many clients ask.
 */
export function credentialsFrom(variables: Variables, requestHandler: object): unknown {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  const sessionToken = variables["AWS_SESSION_TOKEN"];
  if (accessKeyId && secretAccessKey)
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  // What asks SSO and STS for credentials goes through the proxy too.
  const init = { clientConfig: { requestHandler } };
  const { AWS_PROFILE: profile } = variables;
  return named(profile ? fetchedOnce(profileProvider({ ...init, profile })) : defaultProvider(init));
}

function profileProvider(init: object): Provider {
  const { fromIni } = load("@aws-sdk/credential-provider-ini") as { readonly fromIni: CreateProvider };
  return fromIni(init);
}

function defaultProvider(init: object): Provider {
  const sdk = load("@aws-sdk/credential-provider-node") as { readonly defaultProvider: CreateProvider };
  return sdk.defaultProvider(init);
}

/** Sets a role that may not be assumed apart from a call that is not permitted. */
function named(provide: Provider): Provider {
  return (options) =>
    provide(options).catch((error: unknown) => {
      if (error instanceof Error && /^AccessDenied/.test(error.name)) error.name = "CredentialsProviderError";
      throw error;
    });
}

/** Keeps credentials until the minute in which they expire; a failure is not kept. */
function fetchedOnce(fetch: Provider): Provider {
  let kept: Promise<Credentials> | undefined;
  return async (options) => {
    const found = kept;
    if (found !== undefined && isExpired(await found) && kept === found) kept = undefined;
    kept ??= fetch(options).catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };
}

function isExpired({ expiration }: Credentials): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() < 60_000;
}
