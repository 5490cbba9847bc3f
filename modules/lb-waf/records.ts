import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { LayerStack } from "../../lib/layer/stack";
import type { PlatformRelease } from "../../gitops/releases/platform-release";
import { hostsOf, type LoadBalancerName } from "./hosts";
import type { LoadBalancers } from "./balancers/load-balancers";

/** IDs of the public and the private hosted zone of the orchestrator's domain. */
export type Zones = Readonly<Record<"public" | "private", string>>;

/** Targets of the records. */
export interface Targets {
  readonly loadBalancers: LoadBalancers;
  readonly release: PlatformRelease;
  /** Whether to add a wildcard record that resolves to the orchestrator. */
  readonly wildcard: boolean;
}

/** Adds an alias record for every host in both zones; unlike CNAME records, aliases are free and work at the zone apex. */
export function addRecords(
  stack: LayerStack,
  zones: Zones,
  { loadBalancers, release, wildcard }: Targets,
): void {
  const hosts = hostsOf(release);
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
