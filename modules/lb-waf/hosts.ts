import type { PlatformRelease } from "../../gitops/releases/platform-release";

/** Name of a load balancer of this layer in physical names and outputs. */
export type LoadBalancerName = "traefik" | "argocd" | "tinkerbell" | "vpro";

/** Host names below the orchestrator's domain, by the load balancer that serves them; "" is the domain itself. */
export function hostsOf({
  hosts,
  bootIngress,
}: Pick<PlatformRelease, "hosts" | "bootIngress">): Readonly<Record<LoadBalancerName, readonly string[]>> {
  return {
    traefik: hosts,
    argocd: ["argocd", "gitea"],
    tinkerbell: [bootIngress.host],
    vpro: ["mps"],
  };
}
