import { stringify } from "yaml";
import { nodeScripts } from "./scripts";
import type { Nodes } from "./settings";

/** EC2's limit on user data, before it is encoded; EKS adds a part of about 2 KiB. */
export const largestUserData = 14 * 1024;

/** What a node reads when it starts, encoded as EC2 wants it. */
export function userData(maxPods: number, nodes: Nodes): string {
  return Buffer.from(userDataMessage(maxPods, nodes)).toString("base64");
}

/** The same as text: configuration for nodeadm, the bootstrap of Amazon Linux 2023, then scripts for cloud-init. */
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

/** EKS adds the part that names the cluster. */
function nodeConfig(maxPods: number, { clusterDnsIp }: Nodes): string {
  const dns = clusterDnsIp === undefined ? {} : { clusterDNS: [clusterDnsIp] };
  return stringify({
    apiVersion: "node.eks.aws/v1alpha1",
    kind: "NodeConfig",
    spec: { kubelet: { config: { maxPods, ...dns } } },
  });
}
