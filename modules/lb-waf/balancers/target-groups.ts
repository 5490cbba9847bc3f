import { LbTargetGroup, type LbTargetGroupConfig } from "@cdktf/provider-aws/lib/lb-target-group";
import type { LayerStack } from "../../../lib/layer/stack";

/** Name of a target group in the outputs. */
export type TargetName = "traefik" | "traefik-grpc" | "tinkerbell" | "argocd" | "gitea" | "vpro";

/** The target groups of an environment; optional ones may be absent. */
export type TargetGroups = Readonly<Record<Exclude<TargetName, "vpro">, LbTargetGroup>> & {
  readonly vpro?: LbTargetGroup;
};

/**
 * Ports of the pods, which security group rules must allow; bindings register each pod with its own port. That of the ingress
 * that edge nodes boot from depends on the release.
 */
export const podPorts = { traefik: 8443, vpro: 4433, argocd: 8080, gitea: 3000 } as const;

const https = (path: string, matcher: string) => ({ protocol: "HTTPS", path, matcher });

const targets: Readonly<Record<TargetName, Partial<LbTargetGroupConfig> & { readonly part: string }>> = {
  traefik: {
    part: "traefik",
    port: podPorts.traefik,
    protocol: "HTTPS",
    protocolVersion: "HTTP1",
    // Health checks have no host name, for which a healthy Traefik returns 404.
    healthCheck: https("/", "404"),
  },
  "traefik-grpc": {
    // With an environment name of 20 characters, "traefik-grpc" would exceed the limit of 32.
    part: "grpc",
    port: podPorts.traefik,
    protocol: "HTTPS",
    protocolVersion: "GRPC",
    // Traefik has no gRPC health service: any gRPC status shows that TLS and HTTP/2 work.
    healthCheck: https("/", "0-99"),
  },
  tinkerbell: {
    part: "tinkerbell",
    // Of no effect, because pods are registered with their own; fixed, because a change would replace a group in use.
    port: 8443,
    protocol: "TCP",
    // Preserves the edge nodes' addresses for the ingress; disabled by default for IP targets.
    preserveClientIp: "true",
    healthCheck: { protocol: "TCP" },
  },
  vpro: {
    part: "vpro",
    port: podPorts.vpro,
    protocol: "TCP",
    // Preserves the managed machines' addresses for the ingress; disabled by default for IP targets.
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

/** Adds the target groups, which are empty until the cluster's bindings register pods. */
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
