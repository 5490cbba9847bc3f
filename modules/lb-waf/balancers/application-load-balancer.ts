import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener, type LbListenerDefaultAction } from "@cdktf/provider-aws/lib/lb-listener";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Network } from "./network";

/** HTTPS settings common to all application load balancers. */
export interface HttpsSettings {
  readonly certificateArn: string;
  readonly tlsPolicy: string;
  readonly idleTimeoutSeconds: number;
  readonly accessLogBucket: string;
}

/** Inputs of an application load balancer. */
export interface ApplicationLoadBalancer {
  readonly name: "traefik" | "argocd";
  readonly network: Network;
  readonly https: HttpsSettings;
  readonly securityGroupIds: readonly string[];
  /** Action for requests that match no rule of the HTTPS listener. */
  readonly defaultAction: LbListenerDefaultAction;
}

/** Adds a load balancer that terminates TLS, redirects HTTP to HTTPS, and forwards requests by listener rules. */
export function addApplicationLoadBalancer(
  stack: LayerStack,
  { name, network, https, securityGroupIds, defaultAction }: ApplicationLoadBalancer,
): { readonly loadBalancer: Lb; readonly listener: LbListener } {
  const loadBalancer = new Lb(stack, `${name}-load-balancer`, {
    name: stack.named("loadBalancer", name),
    loadBalancerType: "application",
    internal: network.internal,
    subnets: [...network.subnetIds],
    securityGroups: [...securityGroupIds],
    enableDeletionProtection: stack.deletionProtection,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: "defensive",
    idleTimeout: https.idleTimeoutSeconds,
    // Without a prefix: load balancers add AWSLogs/<account>/ themselves, and the bucket policy allows that path only.
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
