import { readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { NodeHttpHandler, NodeHttpHandlerOptions } from "@smithy/node-http-handler";
import type { Variables } from "./aws-environment";
import { proxyFor } from "./proxy";
import { agentsThrough, networkError, type Trust } from "./through-proxy";

type Request = Parameters<NodeHttpHandler["handle"]>[0];
type Options = Parameters<NodeHttpHandler["handle"]>[1];
type Answer = ReturnType<NodeHttpHandler["handle"]>;

/** How long one request may take. */
export interface Patience {
  readonly connectSeconds: number;
  /** Until it is answered; 0 is no limit. */
  readonly requestSeconds: number;
  /** Without a byte in either direction; default: no limit. */
  readonly idleSeconds?: number;
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
    const { connectSeconds, requestSeconds, idleSeconds = 0 } = this.patience;
    const { AWS_CA_BUNDLE: caBundle } = this.variables;
    const trust = caBundle ? { ca: readBundle(caBundle) } : {};
    return new NodeHttpHandler({
      ...(proxy === "" ? direct(trust) : await agentsThrough(proxy, trust)),
      connectionTimeout: connectSeconds * 1000,
      requestTimeout: requestSeconds * 1000,
      socketTimeout: idleSeconds * 1000,
      throwOnRequestTimeout: true,
    });
  }
}

function direct(trust: Trust): NodeHttpHandlerOptions {
  return {
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true, ...trust }),
  };
}

function readBundle(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw networkError(`AWS_CA_BUNDLE is "${file}", which cannot be read`);
  }
}
