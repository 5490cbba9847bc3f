import type { Endpoint } from "../../lib/layer/endpoint";
import { kubeconfig } from "./kubeconfig";

/** The Kubernetes API as kubectl reaches it through a tunnel. */
export function clusterEndpoint(
  region: string,
  outputs: Readonly<Record<"clusterName" | "endpoint" | "certificateAuthority", string>>,
): Endpoint {
  const { clusterName: name, endpoint: url, certificateAuthority } = outputs;
  return {
    noun: "Kubernetes API",
    server: { protocol: "tls", url, authority: certificateAuthority },
    localPort: 8443,
    file: {
      name: "kubeconfig",
      text: (localPort) =>
        kubeconfig({
          name,
          region,
          server: `https://localhost:${localPort}`,
          tlsServerName: new URL(url).hostname,
          certificateAuthority,
        }),
    },
    commands: ({ file }) => [`export KUBECONFIG=${file}`, "kubectl get nodes"],
  };
}
