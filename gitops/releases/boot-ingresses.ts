import type { BootIngress } from "./platform-release";

/**
 * The ingresses that edge nodes boot from, by the program of each. The port of nginx's pods is that of the chart ingress-nginx, which
 * the platform does not change: https://github.com/kubernetes/ingress-nginx/blob/helm-chart-4.13.3/charts/ingress-nginx/values.yaml (containerPort);
 * that of HAProxy's is in
 * https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/argocd/applications/custom/ingress-haproxy.tpl
 */
export const bootIngresses = {
  nginx: {
    program: "nginx",
    host: "tinkerbell-nginx",
    namespace: "orch-boots",
    service: "ingress-nginx-controller",
    port: 443,
    podPort: 443,
  },
  haproxy: {
    program: "haproxy",
    host: "tinkerbell-haproxy",
    namespace: "orch-boots",
    service: "ingress-haproxy-kubernetes-ingress",
    port: 443,
    podPort: 8443,
  },
} as const satisfies Readonly<Record<BootIngress["program"], BootIngress>>;
