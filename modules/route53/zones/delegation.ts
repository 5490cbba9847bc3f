import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { orchestratorDomain } from "../../../lib/layer/domain";
import type { LayerStack } from "../../../lib/layer/stack";
import type { Signing } from "./dnssec";

interface Delegation {
  readonly parent: string;
  readonly parentZoneId: string | undefined;
  readonly ttl: number;
  /** Set when the parent is to vouch for the zone's signatures. */
  readonly signing: Signing | undefined;
}

/** Adds the records in the parent zone that hand the orchestrator's names over to its public zone. */
export function delegate(stack: LayerStack, zone: Route53Zone, from: Delegation): Route53Record {
  const common = {
    zoneId: from.parentZoneId ?? new DataAwsRoute53Zone(stack, "parent-zone", { name: from.parent }).zoneId,
    name: orchestratorDomain(stack.environment),
    ttl: from.ttl,
  };
  if (from.signing !== undefined) {
    new Route53Record(stack, "delegation-signer", {
      ...common,
      type: "DS",
      records: [from.signing.dsRecord],
      // Vouching for a zone that is not signed, if only for a moment, makes resolvers refuse its answers.
      dependsOn: [from.signing.signed],
    });
  }
  return new Route53Record(stack, "delegation", { ...common, type: "NS", records: zone.nameServers });
}
