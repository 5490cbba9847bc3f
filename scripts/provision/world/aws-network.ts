import { readFileSync } from "node:fs";
import { type ClientRequest, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { NodeHttpHandler, NodeHttpHandlerOptions } from "@smithy/node-http-handler";
import type { Variables } from "./aws-environment";
import { proxyFor } from "./proxy";

type Request = Parameters<NodeHttpHandler["handle"]>[0];
type Options = Parameters<NodeHttpHandler["handle"]>[1];
type Answer = ReturnType<NodeHttpHandler["handle"]>;

/** How long one request may take. */
export interface Patience {
  readonly connectSeconds: number;
  readonly requestSeconds: number;
}

/**
 * Sends the SDK's requests through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for each host, and checks
 * certificates by AWS_CA_BUNDLE. The SDK knows neither: https://github.com/aws/aws-sdk-js-v3/issues/4619
 */
export class RequestHandler {
  /** By this, the SDK's own clients for credentials know that they can use it too. */
  readonly metadata = { handlerProtocol: "http/1.1" };
  private readonly handlers = new Map<string, Promise<NodeHttpHandler>>();

  constructor(
    private readonly patience: Patience,
    private readonly variables: Variables,
  ) {}

  async handle(request: Request, options?: Options): Answer {
    const proxy = proxyFor(request, this.variables);
    const handler = this.handlers.get(proxy) ?? this.handlerBehind(proxy);
    this.handlers.set(proxy, handler);
    return (await handler).handle(request, options);
  }

  // What the SDK expects of a handler; nothing is changed once it is in use.
  updateHttpClientConfig(): void {
    return;
  }
  httpHandlerConfigs(): NodeHttpHandlerOptions {
    return {};
  }
  destroy(): void {
    for (const handler of this.handlers.values())
      handler.then(
        (open) => {
          open.destroy();
        },
        () => undefined,
      );
  }

  private async handlerBehind(proxy: string): Promise<NodeHttpHandler> {
    const { NodeHttpHandler } = await import("@smithy/node-http-handler");
    const { connectSeconds, requestSeconds } = this.patience;
    const { AWS_CA_BUNDLE: caBundle } = this.variables;
    const trust = caBundle ? { ca: readBundle(caBundle) } : {};
    return new NodeHttpHandler({
      ...(proxy === "" ? direct(trust) : await through(proxy, trust)),
      connectionTimeout: connectSeconds * 1000,
      requestTimeout: requestSeconds * 1000,
      throwOnRequestTimeout: true,
    });
  }
}

interface Trust {
  /** In PEM; unset: the authorities that Node knows. */
  readonly ca?: string;
}

function direct(trust: Trust): NodeHttpHandlerOptions {
  return {
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true, ...trust }),
  };
}

async function through(proxy: string, trust: Trust): Promise<NodeHttpHandlerOptions> {
  const { HttpProxyAgent } = await import("http-proxy-agent");
  const { HttpsProxyAgent } = await import("https-proxy-agent");
  // Not repeated, because it may hold a password.
  if (!URL.canParse(proxy)) throw networkError("the proxy that HTTPS_PROXY names is not a URL");
  if (!/^https?:/i.test(proxy)) throw networkError("the proxy that HTTPS_PROXY names is not an HTTP proxy");
  const options = { keepAlive: true, ...trust };
  const httpsAgent = new HttpsProxyAgent(proxy, options);
  // It keeps its options for the way to the proxy; these are for the server behind it.
  Object.assign(httpsAgent.options, trust);
  httpsAgent.on("proxyConnect", ({ statusCode, statusText }, request: ClientRequest) => {
    // Or what the proxy says would be read as the answer of AWS.
    if (statusCode !== 200)
      request.destroy(networkError(`the proxy refuses, it says "${statusCode} ${statusText}"`));
  });
  return { httpAgent: new HttpProxyAgent(proxy, options), httpsAgent };
}

function readBundle(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw networkError(`AWS_CA_BUNDLE is "${file}", which cannot be read`);
  }
}

/** Its name sets it apart from other errors. */
function networkError(message: string): Error {
  return Object.assign(new Error(message), { name: "NetworkError" });
}
