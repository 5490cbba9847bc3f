import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { Environment } from "../../lib/layer/environment-schema";
import type { LayerStack } from "../../lib/layer/stack";

/** A name for each server of the service. */
export type Hosts = Readonly<Record<"files" | "registry", string>>;

/** The same as in earlier releases of the platform. */
export const hostLabels: Hosts = { files: "files-rs", registry: "registry-rs" };

/** The host names of the service. */
export function hostsOf(environment: Pick<Environment, "name" | "domain">): Hosts {
  const domain = orchestratorDomain(environment);
  return { files: `${hostLabels.files}.${domain}`, registry: `${hostLabels.registry}.${domain}` };
}

/** Adds the records, also to the private zone, which takes precedence in the orchestrator's VPC. */
export function addRecords(
  stack: LayerStack,
  zones: Readonly<Record<"public" | "private", string>>,
  loadBalancer: Lb,
): void {
  for (const [zone, zoneId] of Object.entries(zones)) {
    for (const [host, name] of Object.entries(hostsOf(stack.environment))) {
      new Route53Record(stack, `${zone}-${host}`, {
        zoneId,
        name,
        type: "A",
        alias: { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true },
      });
    }
  }
}
