import type { YamlObject } from "./yaml";

/** The proxy of the cluster's pods. */
export interface ClusterProxy {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  /** Hosts, domains and ranges that are reached directly. */
  readonly noProxy: readonly string[];
}

/** The proxies that the platform configures on edge nodes; a protocol without one has none. */
export interface EdgeNodeProxy extends ClusterProxy {
  readonly ftpProxy?: string | undefined;
  readonly socksProxy?: string | undefined;
}

/** Values of the platform's charts for proxies: https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/orch-configs/profiles/proxy-none.yaml */
export function proxyValues({
  cluster,
  edgeNodes,
}: {
  readonly cluster: ClusterProxy | undefined;
  readonly edgeNodes: EdgeNodeProxy | undefined;
}): YamlObject {
  return {
    ...(cluster === undefined
      ? {}
      : {
          httpProxy: cluster.httpProxy,
          httpsProxy: cluster.httpsProxy,
          noProxy: cluster.noProxy.join(","),
        }),
    ...(edgeNodes === undefined
      ? {}
      : {
          enHttpProxy: edgeNodes.httpProxy,
          enHttpsProxy: edgeNodes.httpsProxy,
          enFtpProxy: edgeNodes.ftpProxy ?? "",
          enSocksProxy: edgeNodes.socksProxy ?? "",
          enNoProxy: edgeNodes.noProxy.join(","),
        }),
  };
}

/** These variables, as a list of a container's environment. */
export function environmentList(variables: Readonly<Record<string, string>>): readonly YamlObject[] {
  return Object.entries(variables).map(([name, value]) => ({ name, value }));
}

/** The proxy as environment variables: Go reads both cases, Git's libcurl http_proxy in lower case only. */
export function proxyVariables(proxy: ClusterProxy | undefined): Readonly<Record<string, string>> {
  if (proxy === undefined) return {};
  const { httpProxy, httpsProxy } = proxy;
  const noProxy = proxy.noProxy.join(",");
  return {
    HTTP_PROXY: httpProxy,
    HTTPS_PROXY: httpsProxy,
    NO_PROXY: noProxy,
    http_proxy: httpProxy,
    https_proxy: httpsProxy,
    no_proxy: noProxy,
  };
}
