import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { LayerStack } from "../../lib/layer/stack";
import { hosts, type LoadBalancerName } from "./hosts";
import type { LoadBalancers } from "./balancers/load-balancers";

/** The hosted zones that answer for the orchestrator's domain: outside and inside the VPC. */
export type Zones = Readonly<Record<"public" | "private", string>>;

/** Where names lead. */
export interface Destinations {
  readonly loadBalancers: LoadBalancers;
  /** Whether names that have no record of their own lead to the orchestrator as well. */
  readonly wildcard: boolean;
}

/** An alias record for every host name in both zones; unlike CNAMEs, aliases cost nothing and work for the domain itself. */
export function addRecords(stack: LayerStack, zones: Zones, { loadBalancers, wildcard }: Destinations): void {
  const domain = orchestratorDomain(stack.environment);
  const alias = (zoneId: string, host: string, to: Lb) => ({
    zoneId,
    name: host === "" ? domain : `${host}.${domain}`,
    type: "A",
    alias: { name: to.dnsName, zoneId: to.zoneId, evaluateTargetHealth: true },
  });
  for (const [zone, zoneId] of Object.entries(zones)) {
    for (const [name, loadBalancer] of Object.entries(loadBalancers)) {
      // Object.entries widens the keys of a record to string.
      for (const host of hosts[name as LoadBalancerName]) {
        new Route53Record(stack, `${zone}-${host || "apex"}`, alias(zoneId, host, loadBalancer));
      }
    }
    if (wildcard) new Route53Record(stack, `${zone}-wildcard`, alias(zoneId, "*", loadBalancers.traefik));
  }
}
