import { stringify } from "yaml";
import { direct } from "../../../lib/aws-facts/direct-destinations";
import type { Nodes } from "./settings";

/** Services of the node that connect to external hosts. */
const services = ["containerd", "kubelet", "nodeadm-run", "amazon-ssm-agent"];

/** Scripts that configure a node as the settings require; cloud-init runs them before the node joins. */
export function nodeScripts(maxPods: number, nodes: Nodes): readonly string[] {
  const { clusterDnsIp, proxy, registryMirrors, preBootstrapScript, postBootstrapScript } = nodes;
  return [
    configureKubelet({ maxPods, ...(clusterDnsIp === undefined ? {} : { clusterDNS: [clusterDnsIp] }) }),
    ...(proxy === undefined ? [] : [useProxy(proxy)]),
    ...(Object.keys(registryMirrors).length === 0 ? [] : [useMirrors(registryMirrors)]),
    ...(preBootstrapScript === undefined ? [] : [preBootstrapScript]),
    ...(postBootstrapScript === undefined ? [] : [runLater(postBootstrapScript)]),
  ];
}

/**
 * A file, because EKS adds maxPods and clusterDNS to the user data of nodes with its own images, where they take precedence:
 * https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#max-pods-precedence. nodeadm applies files of
 * this directory after all user data: https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/examples/, "drop-in files".
 */
function configureKubelet(config: object): string {
  const nodeConfig = stringify({
    apiVersion: "node.eks.aws/v1alpha1",
    kind: "NodeConfig",
    spec: { kubelet: { config } },
  });
  return bash([
    "mkdir -p /etc/eks/nodeadm.d",
    ...file("/etc/eks/nodeadm.d/50-kubelet.yaml", [nodeConfig.trimEnd()]),
  ]);
}

function useProxy({ httpProxy, httpsProxy, noProxy }: NonNullable<Nodes["proxy"]>): string {
  const values = {
    http_proxy: httpProxy,
    https_proxy: httpsProxy,
    no_proxy: [...direct, ...noProxy].join(","),
  };
  // Some programs read the lower-case names, others the upper-case names.
  const variables = Object.entries(values).flatMap(([name, value]) => [
    `${name}=${value}`,
    `${name.toUpperCase()}=${value}`,
  ]);
  return bash([
    ...file("/etc/proxy.env", variables),
    "cat /etc/proxy.env >> /etc/environment",
    `echo 'proxy=${httpsProxy}' >> /etc/dnf/dnf.conf`,
    `for service in ${services.join(" ")}; do`,
    '  mkdir -p "/etc/systemd/system/$service.service.d"',
    `  printf '[Service]\\nEnvironmentFile=/etc/proxy.env\\n' > "/etc/systemd/system/$service.service.d/proxy.conf"`,
    "done",
    "systemctl daemon-reload",
    "systemctl try-restart amazon-ssm-agent containerd",
  ]);
}

/** https://github.com/containerd/containerd/blob/main/docs/hosts.md */
function useMirrors(mirrors: Nodes["registryMirrors"]): string {
  return bash(
    Object.entries(mirrors).flatMap(([registry, mirror]) => {
      const server = registry === "docker.io" ? "registry-1.docker.io" : registry;
      return [
        `mkdir -p /etc/containerd/certs.d/${registry}`,
        ...file(`/etc/containerd/certs.d/${registry}/hosts.toml`, [
          `server = "https://${server}"`,
          `[host."${mirror}"]`,
          'capabilities = ["pull", "resolve"]',
        ]),
      ];
    }),
  );
}

/** nodeadm-run, which starts kubelet, starts after cloud-init, so the script runs in a separate systemd unit. */
function runLater(script: string): string {
  return bash([
    ...file("/usr/local/sbin/post-bootstrap.base64", [Buffer.from(script).toString("base64")]),
    "base64 -d /usr/local/sbin/post-bootstrap.base64 > /usr/local/sbin/post-bootstrap",
    "chmod 700 /usr/local/sbin/post-bootstrap",
    ...file("/etc/systemd/system/post-bootstrap.service", [
      "[Unit]",
      "Description=What the environment runs after the node has joined",
      "Requires=nodeadm-run.service",
      "After=nodeadm-run.service kubelet.service",
      "[Service]",
      "Type=oneshot",
      "ExecStart=/usr/local/sbin/post-bootstrap",
    ]),
    "systemctl daemon-reload",
    "systemctl start --no-block post-bootstrap.service",
  ]);
}

function bash(lines: readonly string[]): string {
  return ["#!/bin/bash", "set -euo pipefail", ...lines, ""].join("\n");
}

function file(path: string, lines: readonly string[]): readonly string[] {
  return [`cat > ${path} <<'END_OF_FILE'`, ...lines, "END_OF_FILE"];
}
