import { addAlarm } from "../../lib/constructs/alarm";
import type { LayerStack } from "../../lib/layer/stack";
import type { Gateways } from "./network/gateways";

/** What a NAT gateway counts when it fails, by ID of the alarm. */
const failures = {
  "port-allocation": {
    metric: "ErrorPortAllocation",
    // Each lost connection is one too many.
    above: 0,
    what: "had no free port for new connections, which failed: too many at a time go to one address",
  },
  "packet-drops": {
    metric: "PacketsDropCount",
    // Single packets are lost in any network.
    above: 100,
    what: "lost packets for a quarter of an hour; see the AWS Health Dashboard for the zone",
  },
} as const;

/** Adds alarms on what each NAT gateway could not send on. */
export function addNatAlarms(stack: LayerStack, nat: Gateways["nat"], topicArn: string): void {
  for (const [zone, { id }] of Object.entries(nat)) {
    for (const [failure, { metric, above, what }] of Object.entries(failures)) {
      addAlarm(stack, `nat-${zone}-${failure}`, {
        description: `The NAT gateway of ${zone} ${what}`,
        metric: {
          namespace: "AWS/NATGateway",
          name: metric,
          dimensions: { NatGatewayId: id },
          statistic: "Sum",
        },
        threshold: { above },
        periods: above === 0 ? 1 : 3,
        topicArn,
      });
    }
  }
}
