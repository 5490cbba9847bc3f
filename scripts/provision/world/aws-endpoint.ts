import { isIP } from "node:net";

interface EndpointParameters {
  readonly Endpoint?: string;
  readonly RequiresAccountId?: boolean;
}

/** The setting of an SDK client that builds the URLs of its requests; not in its declared type. */
interface WithEndpoints {
  readonly config: { endpointProvider: (parameters: EndpointParameters, context: unknown) => unknown };
}

/** S3 Control writes the account number before the host of an endpoint, where an IP address takes none. */
export function withAddressEndpoint(client: object): void {
  // The generated clients have it: https://github.com/aws/aws-sdk-js-v3, runtimeConfig.shared.ts of client-s3-control.
  const { config } = client as WithEndpoints;
  const provide = config.endpointProvider;
  config.endpointProvider = (parameters, context) =>
    provide(
      isAddress(parameters.Endpoint) ? { ...parameters, RequiresAccountId: false } : parameters,
      context,
    );
}

function isAddress(endpoint: string | undefined): boolean {
  if (endpoint === undefined || !URL.canParse(endpoint)) return false;
  return isIP(new URL(endpoint).hostname.replace(/^\[|\]$/g, "")) !== 0;
}
