import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { LayerStack } from "../../lib/layer/stack";

/** The names under which clients know the service. */
export type Hosts = Readonly<Record<"files" | "registry", string>>;

/** The service's names, as earlier releases of the platform had them. */
export function hostsOf({ environment }: LayerStack): Hosts {
  const domain = orchestratorDomain(environment);
  return { files: `files-rs.${domain}`, registry: `registry-rs.${domain}` };
}

/** Adds the records that lead there, inside the orchestrator's VPC too, whose private zone hides the public one. */
export function addRecords(
  stack: LayerStack,
  zones: Readonly<Record<"public" | "private", string>>,
  loadBalancer: Lb,
): void {
  for (const [zone, zoneId] of Object.entries(zones)) {
    for (const [host, name] of Object.entries(hostsOf(stack))) {
      new Route53Record(stack, `${zone}-${host}`, {
        zoneId,
        name,
        type: "A",
        alias: { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true },
      });
    }
  }
}
