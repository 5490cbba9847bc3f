import type { Eip } from "@cdktf/provider-aws/lib/eip";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { ShieldProtection } from "@cdktf/provider-aws/lib/shield-protection";
import { ShieldSubscription } from "@cdktf/provider-aws/lib/shield-subscription";
import type { LayerStack } from "../../../lib/layer/stack";
import type { ShieldSettings } from "./settings";

/** What Shield Advanced can protect here; a network load balancer only by its addresses. */
export interface Exposed {
  readonly loadBalancers: Readonly<Record<"traefik" | "argocd", Lb>>;
  /** Elastic IP addresses of network load balancers, by load balancer and zone. */
  readonly addresses: Readonly<Record<string, Eip>>;
}

/** Protections of Shield Advanced, when its price is accepted; without a subscription AWS refuses them. */
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
    // Not the address's own ARN, which says elastic-ip and which Shield does not know.
    protect(name, stack.arn("ec2", `eip-allocation/${address.allocationId}`));
  }
}

function subscribe(stack: LayerStack): ShieldSubscription {
  return new ShieldSubscription(stack, "shield-subscription", {
    autoRenew: "ENABLED",
    // AWS lets nobody stop the renewal before the last 30 days of the year: to try would fail every destroy.
    skipDestroy: true,
  });
}
