import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { LayerStack } from "../../lib/layer/stack";

/** The host names of the service. */
export type Hosts = Readonly<Record<"files" | "registry", string>>;

/** The host names of the service, the same as in earlier releases of the platform. */
export function hostsOf({ environment }: LayerStack): Hosts {
  const domain = orchestratorDomain(environment);
  return { files: `files-rs.${domain}`, registry: `registry-rs.${domain}` };
}

/** Adds the records, also to the private zone, which takes precedence in the orchestrator's VPC. */
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
