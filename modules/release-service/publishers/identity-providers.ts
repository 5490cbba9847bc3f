import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { withIds } from "../../../lib/constructs/element-ids";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Settings } from "../settings";

type Given = Pick<Settings, "publishers" | "identityProviderArns">;

/** The OIDC provider of an issuer, of which an account has at most one, and the audiences that it must accept. */
export interface IdentityProvider {
  readonly issuer: string;
  /** In the names of Terraform's resources. */
  readonly id: string;
  readonly arn: string;
  readonly audiences: readonly string[];
  /** Whether the account has it already, by the environment file. */
  readonly existing: boolean;
}

/** The OIDC provider of each issuer, in the order of the publishers. */
export function identityProvidersOf(
  place: Pick<Environment, "partition" | "account">,
  { publishers, identityProviderArns }: Given,
): readonly IdentityProvider[] {
  const all = Object.values(publishers);
  return withIds([...new Set(all.map(({ issuer }) => issuer))], terraformName).map(
    ({ value: issuer, id }) => {
      const arn = arnOf(place, issuer);
      const audiences = all.flatMap((one) => (one.issuer === issuer ? [one.audience] : []));
      return {
        issuer,
        id,
        arn,
        audiences: [...new Set(audiences)],
        existing: identityProviderArns.includes(arn),
      };
    },
  );
}

/** Adds the OIDC providers that the account does not have yet; returns how to find the ARN of an issuer's. */
export function addIdentityProviders(stack: LayerStack, given: Given): (issuer: string) => string {
  const created = new Map(
    identityProvidersOf(stack.environment, given)
      .filter(({ existing }) => !existing)
      .map(({ issuer, id, audiences }) => {
        const config = { url: issuer, clientIdList: [...audiences] };
        return [issuer, new IamOpenidConnectProvider(stack, `identity-provider-${id}`, config).arn];
      }),
  );
  return (issuer) => created.get(issuer) ?? arnOf(stack.environment, issuer);
}

function arnOf({ partition, account }: Pick<Environment, "partition" | "account">, issuer: string): string {
  return `arn:${partition}:iam::${account}:oidc-provider/${issuer.replace("https://", "")}`;
}

/** `token-actions-githubusercontent-com` */
function terraformName(issuer: string): string {
  return issuer.replace("https://", "").replace(/[^A-Za-z0-9-]/g, "-");
}
