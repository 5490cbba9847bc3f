import type { ClientRequest } from "node:http";
import type { HttpProxyAgent as ProxyAgent } from "http-proxy-agent";
import type { HttpsProxyAgent as TunnelAgent } from "https-proxy-agent";

/** Which certificates are accepted. */
export interface Trust {
  /** In PEM; unset: the authorities that Node knows. */
  readonly ca?: string;
}

/** Agents that send requests through the proxy at this URL. */
export async function agentsThrough(
  proxy: string,
  trust: Trust,
): Promise<{ readonly httpAgent: ProxyAgent<string>; readonly httpsAgent: TunnelAgent<string> }> {
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
    // Or what the proxy says would be read as the answer of the server.
    if (statusCode !== 200)
      request.destroy(networkError(`the proxy refuses, it says "${statusCode} ${statusText}"`));
  });
  return { httpAgent: new HttpProxyAgent(proxy, options), httpsAgent };
}

/** Its name sets it apart from other errors. */
export function networkError(message: string): Error {
  return Object.assign(new Error(message), { name: "NetworkError" });
}
