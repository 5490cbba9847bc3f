import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener, type LbListenerDefaultAction } from "@cdktf/provider-aws/lib/lb-listener";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Network } from "./network";

/** How TLS and connections are handled and where requests are recorded, the same at every entrance. */
export interface HttpsSettings {
  readonly certificateArn: string;
  readonly tlsPolicy: string;
  readonly idleTimeoutSeconds: number;
  readonly accessLogBucket: string;
}

/** An application load balancer to be. */
export interface ApplicationLoadBalancer {
  readonly name: "traefik" | "argocd";
  readonly network: Network;
  readonly https: HttpsSettings;
  readonly securityGroupId: string;
  /** What happens to a request that no rule of the HTTPS listener matches. */
  readonly defaultAction: LbListenerDefaultAction;
}

/** A load balancer that ends TLS, redirects HTTP to it, and passes requests on by the rules of its HTTPS listener. */
export function addApplicationLoadBalancer(
  stack: LayerStack,
  { name, network, https, securityGroupId, defaultAction }: ApplicationLoadBalancer,
): { readonly loadBalancer: Lb; readonly listener: LbListener } {
  const loadBalancer = new Lb(stack, `${name}-load-balancer`, {
    name: stack.named("loadBalancer", name),
    loadBalancerType: "application",
    internal: network.internal,
    subnets: [...network.subnetIds],
    securityGroups: [securityGroupId],
    enableDeletionProtection: stack.deletionProtection,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: "defensive",
    idleTimeout: https.idleTimeoutSeconds,
    // Without a prefix: load balancers add AWSLogs/<account>/ themselves, and the bucket lets them write there only.
    accessLogs: { bucket: https.accessLogBucket, enabled: true },
  });
  addRedirect(stack, name, loadBalancer);
  const listener = new LbListener(stack, `${name}-https`, {
    loadBalancerArn: loadBalancer.arn,
    port: 443,
    protocol: "HTTPS",
    sslPolicy: https.tlsPolicy,
    certificateArn: https.certificateArn,
    defaultAction: [defaultAction],
  });
  return { loadBalancer, listener };
}

function addRedirect(stack: LayerStack, name: string, loadBalancer: Lb): void {
  new LbListener(stack, `${name}-http`, {
    loadBalancerArn: loadBalancer.arn,
    port: 80,
    protocol: "HTTP",
    defaultAction: [
      { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } },
    ],
  });
}
