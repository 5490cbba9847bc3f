import type { AnyLayer } from "../../../lib/layer/layer";
import type { Run } from "../run/run";
import { appliedLayer, declaring } from "../terraform/applied-layer";
import { serverAt } from "../tunnel/server-at";
import { withPrivateEndpoint } from "../tunnel/private-endpoint";
import type { KubernetesApi } from "../world/index";
import { readable } from "./readable";
import { tokens } from "./token";

/** Hands `act` the API of the cluster that the layer's objects are in, through a tunnel where it is private. */
export function withCluster<Result>(
  run: Run,
  layer: AnyLayer,
  act: (api: KubernetesApi) => Promise<Result>,
): Promise<Result> {
  return withPrivateEndpoint(run, layer, async (variables) => act(await clusterApi(run, layer, variables)));
}

/**
 * The API of the cluster, at the URL that `withPrivateEndpoint` gave the layer's providers. As for these, a variable of the
 * caller's replaces the URL, e.g. TF_VAR_cluster_endpoint=https://127.0.0.1:6443; the certificate must have the name, and be
 * of the authority, that the cluster's layer publishes, and the token is what the `aws` on the PATH prints.
 */
export async function clusterApi(
  run: Run,
  { reaches }: AnyLayer,
  variables: Readonly<Record<string, string>>,
): Promise<KubernetesApi> {
  const [creator] = declaring(run, run.layers, "cluster");
  const cluster = creator?.cluster?.(await appliedLayer(run, creator));
  if (cluster === undefined) throw new Error("no layer has a cluster");
  const { name, url, authority } = cluster;
  const { speaks } = serverAt(url, authority);
  if (speaks.protocol !== "tls") throw new Error("the Kubernetes API speaks TLS");
  const variable = `TF_VAR_${reaches?.variable ?? ""}`;
  const server = {
    url: { ...run.environment, ...variables }[variable] || url,
    serverName: speaks.serverName,
    authority: speaks.authority,
    token: tokens(run, name),
  };
  return readable(run.world.kubernetes.connect(server));
}
