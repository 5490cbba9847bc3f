import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { LayerStack } from "../../../lib/layer/stack";

/** Adds the orchestrator's zone twice: as the internet sees it, and as the VPC does. */
export function addZones(
  stack: LayerStack,
  { vpcId }: { readonly vpcId: string },
): { readonly publicZone: Route53Zone; readonly privateZone: Route53Zone } {
  const name = orchestratorDomain(stack.environment);
  const environment = stack.environment.name;
  // cert-manager adds records of its own, which would keep a zone from being destroyed.
  const forceDestroy = !stack.deletionProtection;
  return {
    publicZone: new Route53Zone(stack, "public-zone", {
      name,
      comment: `Orchestrator ${environment}, as the internet sees it`,
      forceDestroy,
    }),
    privateZone: new Route53Zone(stack, "private-zone", {
      name,
      comment: `Orchestrator ${environment}, as its VPC sees it`,
      vpc: [{ vpcId }],
      forceDestroy,
    }),
  };
}
