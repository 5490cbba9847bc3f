import type { YamlObject } from "./yaml";

interface Service {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/** The services whose pods are registered with target groups, by target group. */
export const boundServices = {
  traefik: { namespace: "orch-gateway", service: "traefik", port: 443 },
  "traefik-grpc": { namespace: "orch-gateway", service: "traefik", port: 443 },
  tinkerbell: { namespace: "orch-boots", service: "ingress-haproxy-kubernetes-ingress", port: 443 },
  argocd: { namespace: "argocd", service: "argocd-server", port: 443 },
  vpro: { namespace: "orch-gateway", service: "traefik", port: 4433 },
  gitea: { namespace: "gitea", service: "gitea-http", port: 443 },
} as const satisfies Readonly<Record<string, Service>>;

export type BoundService = keyof typeof boundServices;

/** Registers the pods of a service with a target group; the service can be created later. */
export function targetGroupBinding(name: BoundService, targetGroupArn: string): YamlObject {
  const { namespace, service, port } = boundServices[name];
  return {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: { name, namespace },
    spec: { serviceRef: { name: service, port }, targetGroupARN: targetGroupArn, targetType: "ip" },
  };
}
