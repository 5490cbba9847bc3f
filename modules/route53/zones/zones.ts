import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { LayerStack } from "../../../lib/layer/stack";

/** Adds the public and the private zone of the orchestrator's domain. */
export function addZones(
  stack: LayerStack,
  { vpcId }: { readonly vpcId: string },
): { readonly publicZone: Route53Zone; readonly privateZone: Route53Zone } {
  const name = orchestratorDomain(stack.environment);
  const environment = stack.environment.name;
  // cert-manager adds records, which would prevent the zone from being destroyed.
  const forceDestroy = !stack.deletionProtection;
  return {
    publicZone: new Route53Zone(stack, "public-zone", {
      ...stack.withFewTags(),
      name,
      comment: `Orchestrator ${environment}, public zone`,
      forceDestroy,
    }),
    privateZone: new Route53Zone(stack, "private-zone", {
      ...stack.withFewTags(),
      name,
      comment: `Orchestrator ${environment}, private zone`,
      vpc: [{ vpcId }],
      forceDestroy,
    }),
  };
}
