import { LbTargetGroup, type LbTargetGroupConfig } from "@cdktf/provider-aws/lib/lb-target-group";
import type { LayerStack } from "../../../lib/layer/stack";

/** A program that pods are bound to, by the word used in outputs. */
export type TargetName = "traefik" | "traefik-grpc" | "tinkerbell" | "argocd" | "gitea" | "vpro";

/** The target groups of an environment; those of programs that a setting switches on may be missing. */
export type TargetGroups = Readonly<Record<Exclude<TargetName, "vpro">, LbTargetGroup>> & {
  readonly vpro?: LbTargetGroup;
};

/** Ports that the pods listen on; bindings register every pod with its own, these are what rules must open. */
export const podPorts = { traefik: 8443, haproxy: 8443, vpro: 4433, argocd: 8080, gitea: 3000 } as const;

const https = (path: string, matcher: string) => ({ protocol: "HTTPS", path, matcher });

const targets: Readonly<Record<TargetName, Partial<LbTargetGroupConfig> & { readonly part: string }>> = {
  traefik: {
    part: "traefik",
    port: podPorts.traefik,
    protocol: "HTTPS",
    protocolVersion: "HTTP1",
    // Traefik has no route for an address without a host name: 404 is how it says that it is up.
    healthCheck: https("/", "404"),
  },
  "traefik-grpc": {
    // "traefik-grpc" would not fit into 32 characters behind an environment name of 20.
    part: "grpc",
    port: podPorts.traefik,
    protocol: "HTTPS",
    protocolVersion: "GRPC",
    // Traefik serves no health service: any gRPC status at all proves TLS and HTTP/2.
    healthCheck: https("/", "0-99"),
  },
  tinkerbell: {
    part: "tinkerbell",
    port: podPorts.haproxy,
    protocol: "TCP",
    // The ingress sees edge nodes' own addresses; off by default for IP targets.
    preserveClientIp: "true",
    healthCheck: { protocol: "TCP" },
  },
  vpro: {
    part: "vpro",
    port: podPorts.vpro,
    protocol: "TCP",
    // The ingress sees the addresses of the machines that are managed; off by default for IP targets.
    preserveClientIp: "true",
    healthCheck: { protocol: "TCP" },
  },
  argocd: {
    part: "argocd",
    port: podPorts.argocd,
    protocol: "HTTPS",
    protocolVersion: "HTTP1",
    healthCheck: https("/healthz", "200"),
  },
  gitea: {
    part: "gitea",
    port: podPorts.gitea,
    protocol: "HTTPS",
    protocolVersion: "HTTP1",
    healthCheck: https("/api/healthz", "200"),
  },
};

/** Every target group, empty until the cluster's bindings register pods. */
export function addTargetGroups(
  stack: LayerStack,
  { vpcId, vpro }: { readonly vpcId: string; readonly vpro: boolean },
): TargetGroups {
  const add = (name: TargetName) => {
    const { part, healthCheck, ...settings } = targets[name];
    return new LbTargetGroup(stack, `${name}-targets`, {
      ...settings,
      name: stack.named("targetGroup", part),
      vpcId,
      targetType: "ip",
      healthCheck: { healthyThreshold: 5, unhealthyThreshold: 2, interval: 30, ...healthCheck },
    });
  };
  return {
    traefik: add("traefik"),
    "traefik-grpc": add("traefik-grpc"),
    tinkerbell: add("tinkerbell"),
    argocd: add("argocd"),
    gitea: add("gitea"),
    ...(vpro ? { vpro: add("vpro") } : {}),
  };
}
