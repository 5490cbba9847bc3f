import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { LayerStack } from "../../../lib/layer/stack";

/** Adds the CAA record for the domain, its wildcard and all names below it. */
export function addAuthorisation(stack: LayerStack, zoneId: string, authorities: readonly string[]): void {
  if (authorities.length === 0) return;
  new Route53Record(stack, "certificate-authorities", {
    zoneId,
    name: orchestratorDomain(stack.environment),
    type: "CAA",
    ttl: 300,
    records: authorities.map((authority) => `0 issue "${authority}"`),
  });
}
