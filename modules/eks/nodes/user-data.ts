import { nodeScripts } from "./scripts";
import type { Nodes } from "./settings";

/** EC2's limit of 16 KiB before encoding, less the part of about 2 KiB that EKS adds. */
export const largestUserData = 14 * 1024;

/** User data of a node, base64-encoded. */
export function userData(maxPods: number, nodes: Nodes): string {
  return Buffer.from(userDataMessage(maxPods, nodes)).toString("base64");
}

/** User data as text: scripts for cloud-init, which runs them before nodeadm starts kubelet. */
export function userDataMessage(maxPods: number, nodes: Nodes): string {
  const scripts = nodeScripts(maxPods, nodes);
  return [
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="//"',
    "",
    ...scripts.flatMap((script) => ["--//", 'Content-Type: text/x-shellscript; charset="utf-8"', "", script]),
    "--//--",
    "",
  ].join("\n");
}
