import type { BoundService as Service, PlatformRelease } from "./releases/platform-release";
import type { YamlObject } from "./yaml";

/** A target group with the pods of a service in the cluster. */
export type BoundService = keyof ReturnType<typeof boundServices>;

/** The services whose pods are registered with target groups, by target group. */
export function boundServices({ bootIngress }: Pick<PlatformRelease, "bootIngress">) {
  return {
    traefik: { namespace: "orch-gateway", service: "traefik", port: 443 },
    "traefik-grpc": { namespace: "orch-gateway", service: "traefik", port: 443 },
    tinkerbell: bootIngress,
    argocd: { namespace: "argocd", service: "argocd-server", port: 443 },
    vpro: { namespace: "orch-gateway", service: "traefik", port: 4433 },
    gitea: { namespace: "gitea", service: "gitea-http", port: 443 },
  };
}

/** A Service of Kubernetes, and the target group of its pods. */
interface Binding extends Pick<Service, "namespace" | "service" | "port"> {
  readonly name: BoundService;
  readonly targetGroupArn: string;
}

/** Registers the pods of a service with a target group; the service can be created later. */
export function targetGroupBinding({ name, targetGroupArn, namespace, service, port }: Binding): YamlObject {
  return {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: { name, namespace },
    spec: { serviceRef: { name: service, port }, targetGroupARN: targetGroupArn, targetType: "ip" },
  };
}
