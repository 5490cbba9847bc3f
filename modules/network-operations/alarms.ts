import { addAlarm } from "../../lib/constructs/alarm";
import { type NatGateways, natZones } from "../../lib/constructs/nat-zones";
import type { Keyed } from "../../lib/layer/outputs";
import type { LayerStack } from "../../lib/layer/stack";

/** Failure metrics of a NAT gateway, by ID of the alarm. */
const failures = {
  "port-allocation": {
    metric: "ErrorPortAllocation",
    // Every failed connection counts.
    above: 0,
    what: "had no free port for new connections, which failed: there are too many concurrent connections to one destination",
  },
  "packet-drops": {
    metric: "PacketsDropCount",
    // Occasional packet loss is normal.
    above: 100,
    what: "dropped packets for 15 minutes; check the AWS Health Dashboard for the zone",
  },
} as const;

interface NatAlarms {
  readonly natGateways: NatGateways;
  readonly natGatewayIds: Keyed;
  readonly topicArn: string;
}

/** Adds alarms on port allocation errors and dropped packets of each NAT gateway. */
export function addNatAlarms(stack: LayerStack, { natGateways, natGatewayIds, topicArn }: NatAlarms): void {
  for (const zone of natZones(stack.environment.zones, natGateways)) {
    for (const [failure, { metric, above, what }] of Object.entries(failures)) {
      addAlarm(stack, `nat-${zone}-${failure}`, {
        description: `The NAT gateway of ${zone} ${what}`,
        metric: {
          namespace: "AWS/NATGateway",
          name: metric,
          dimensions: { NatGatewayId: natGatewayIds.at(zone) },
          statistic: "Sum",
        },
        threshold: { above },
        periods: above === 0 ? 1 : 3,
        topicArn,
      });
    }
  }
}
