import { stringify } from "yaml";

/** A cluster, and where this machine reaches it. */
export interface ReachedCluster {
  readonly name: string;
  readonly region: string;
  /** `https://localhost:<port>`. */
  readonly server: string;
  /** The cluster's own host name, by which its certificate is checked. */
  readonly tlsServerName: string;
  /** PEM in base64. */
  readonly certificateAuthority: string;
}

/** A kubeconfig that holds no credentials: the AWS CLI is asked for a token whenever one is needed. */
export function kubeconfig({ name, region, ...cluster }: ReachedCluster): string {
  const args = ["eks", "get-token", "--region", region, "--cluster-name", name, "--output", "json"];
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [
      {
        name,
        cluster: {
          server: cluster.server,
          "tls-server-name": cluster.tlsServerName,
          "certificate-authority-data": cluster.certificateAuthority,
        },
      },
    ],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args,
            interactiveMode: "Never",
          },
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}
