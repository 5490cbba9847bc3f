import { awsCall } from "../../../lib/layer/aws-call";
import type { Environment } from "../../../lib/layer/environment-schema";
import { type Hindrance, type Preflight, preflight } from "../../../lib/layer/preflight";
import type { Settings } from "../settings";
import { type IdentityProvider, identityProvidersOf } from "./identity-providers";

/** Value of a tag of what the layer creates. */
const layerName = "release-service";
const setting = "layers.release-service.identityProviderArns";

/** An account has one OIDC provider for each issuer, which other environments and teams may use, too. */
export function identityProviderChecks(environment: Environment, settings: Settings): readonly Preflight[] {
  return identityProvidersOf(environment, settings).map((provider) =>
    preflight({
      about: `the OIDC provider ${provider.arn}`,
      call: awsCall("iam", "GetOpenIDConnectProvider", { OpenIDConnectProviderArn: provider.arn }),
      actions: ["iam:GetOpenIDConnectProvider"],
      verdict: ({ Tags = [], ClientIDList = [] }) => {
        // Whatever the keys of its tags are: the environment file can have got others since.
        const values = Tags.map(({ Value }) => Value);
        const own = values.includes(environment.name) && values.includes(layerName);
        if (provider.existing) return own ? ours(provider) : refusedAudiences(provider, ClientIDList);
        return own ? undefined : taken(provider);
      },
      verdictOnRefusal: ({ code }) => {
        if (code !== "NoSuchEntityException") return undefined;
        return provider.existing ? absent(provider) : "passed";
      },
    }),
  );
}

function refusedAudiences(
  { arn, audiences }: IdentityProvider,
  accepted: readonly string[],
): readonly Hindrance[] {
  return audiences
    .filter((audience) => !accepted.includes(audience))
    .map((audience) => ({
      reason: `${setting} lists "${arn}", which does not accept the audience "${audience}"`,
      cure: `Run: aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${arn} --client-id ${audience}`,
    }));
}

function ours({ arn }: IdentityProvider): Hindrance {
  return {
    reason: `${setting} lists "${arn}", which this environment has created, and would delete as one that it need not create`,
    cure: `Remove it from ${setting} in the environment file`,
  };
}

function taken({ issuer, arn }: IdentityProvider): Hindrance {
  return {
    reason: `the account has an OIDC provider for ${issuer} already, and can have only one`,
    cure: `Add "${arn}" to ${setting} in the environment file`,
  };
}

function absent({ arn }: IdentityProvider): Hindrance {
  return {
    reason: `${setting} lists "${arn}", but the account has no such OIDC provider`,
    cure: `Remove it from ${setting} in the environment file; the layer then creates the provider`,
  };
}
