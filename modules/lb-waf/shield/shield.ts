import type { Eip } from "@cdktf/provider-aws/lib/eip";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { ShieldProtection } from "@cdktf/provider-aws/lib/shield-protection";
import { ShieldSubscription } from "@cdktf/provider-aws/lib/shield-subscription";
import type { LayerStack } from "../../../lib/layer/stack";
import type { ShieldSettings } from "./settings";

/** Resources that Shield Advanced can protect; network load balancers only by their Elastic IP addresses. */
export interface Exposed {
  readonly loadBalancers: Readonly<Record<"traefik" | "argocd", Lb>>;
  /** Elastic IP addresses of network load balancers, by load balancer and zone. */
  readonly addresses: Readonly<Record<string, Eip>>;
}

/** Adds the protections of Shield Advanced if enabled; AWS requires a subscription. */
export function addShield(
  stack: LayerStack,
  settings: ShieldSettings,
  { loadBalancers, addresses }: Exposed,
): void {
  if (!settings.enabled) return;
  const dependsOn = settings.subscribe ? [subscribe(stack)] : [];
  const protect = (name: string, resourceArn: string) =>
    new ShieldProtection(stack, `${name}-shield`, {
      name: `${stack.environment.name}-${name}`,
      resourceArn,
      dependsOn,
    });
  for (const name of ["traefik", "argocd"] as const) protect(name, loadBalancers[name].arn);
  for (const [name, address] of Object.entries(addresses)) {
    // Shield does not accept the address's own ARN, which contains elastic-ip.
    protect(name, stack.arn("ec2", `eip-allocation/${address.allocationId}`));
  }
}

function subscribe(stack: LayerStack): ShieldSubscription {
  return new ShieldSubscription(stack, "shield-subscription", {
    autoRenew: "ENABLED",
    // Auto-renewal can be disabled only in the last 30 days of the year: an attempt would fail every destroy.
    skipDestroy: true,
  });
}
