import { stringify } from "yaml";

/** What nodeadm, the bootstrap of Amazon Linux 2023 nodes, reads; EKS adds the part that names the cluster. */
export function userData(maxPods: number): string {
  const nodeConfig = stringify({
    apiVersion: "node.eks.aws/v1alpha1",
    kind: "NodeConfig",
    spec: { kubelet: { config: { maxPods } } },
  });
  const message = [
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="//"',
    "",
    "--//",
    "Content-Type: application/node.eks.aws",
    "",
    nodeConfig,
    "--//--",
    "",
  ];
  return Buffer.from(message.join("\n")).toString("base64");
}
