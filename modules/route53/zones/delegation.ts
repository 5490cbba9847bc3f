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
  /** Set if a DS record is to be added to the parent zone. */
  readonly signing: Signing | undefined;
}

/** Adds the delegation of the public zone to the parent zone. */
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
      // With a DS record and no signatures, validating resolvers reject the zone's responses.
      dependsOn: [from.signing.signed],
    });
  }
  return new Route53Record(stack, "delegation", { ...common, type: "NS", records: zone.nameServers });
}
