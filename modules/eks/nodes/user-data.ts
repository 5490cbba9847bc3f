import { stringify } from "yaml";
import { nodeScripts } from "./scripts";
import type { Nodes } from "./settings";

/** EC2's limit of 16 KiB before encoding, less the part of about 2 KiB that EKS adds. */
export const largestUserData = 14 * 1024;

/** User data of a node, base64-encoded. */
export function userData(maxPods: number, nodes: Nodes): string {
  return Buffer.from(userDataMessage(maxPods, nodes)).toString("base64");
}

/** User data as text: configuration for nodeadm, the bootstrap of Amazon Linux 2023, then scripts for cloud-init. */
export function userDataMessage(maxPods: number, nodes: Nodes): string {
  const parts = [
    ["application/node.eks.aws", nodeConfig(maxPods, nodes)],
    ...nodeScripts(nodes).map((script) => ['text/x-shellscript; charset="utf-8"', script]),
  ];
  return [
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="//"',
    "",
    ...parts.flatMap(([type, content]) => ["--//", `Content-Type: ${type}`, "", content]),
    "--//--",
    "",
  ].join("\n");
}

/** Node configuration without the cluster's details, which EKS adds. */
function nodeConfig(maxPods: number, { clusterDnsIp }: Nodes): string {
  const dns = clusterDnsIp === undefined ? {} : { clusterDNS: [clusterDnsIp] };
  return stringify({
    apiVersion: "node.eks.aws/v1alpha1",
    kind: "NodeConfig",
    spec: { kubelet: { config: { maxPods, ...dns } } },
  });
}
