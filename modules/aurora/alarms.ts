import { type Alarm, addAlarm } from "../../lib/constructs/alarm";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";

/** The monitored database, and the topic that alarms notify. */
export interface Watched {
  readonly identifier: string;
  readonly topicArn: string;
}

/** 15 minutes: serverless capacity absorbs shorter peaks. */
const lasting = { periods: 3 } as const;

/** Adds alarms on capacity, connections and replica lag of the database. */
export function addAlarms(stack: LayerStack, settings: Settings, watched: Watched): void {
  const { identifier, topicArn } = watched;
  const highest = (name: string): Alarm["metric"] => ({
    namespace: "AWS/RDS",
    name,
    dimensions: { DBClusterIdentifier: identifier },
    statistic: "Maximum",
  });
  addAlarm(stack, "database-capacity", {
    description: `An instance of ${identifier} uses more than 90 % of its maximum capacity; look for slow statements in Performance Insights, or increase layers.aurora.maxCapacityAcu`,
    metric: highest("ACUUtilization"),
    threshold: { above: 90 },
    ...lasting,
    topicArn,
  });
  addAlarm(stack, "database-connections", {
    description: `An instance of ${identifier} uses more than 80 % of its maximum connections; look for a client that leaks connections, or increase layers.aurora.maxCapacityAcu`,
    metric: highest("DatabaseConnections"),
    threshold: { above: Math.floor(maxConnections(settings) * 0.8) },
    ...lasting,
    topicArn,
  });
  if (settings.instances === 1) return;
  addAlarm(stack, "database-replica-lag", {
    description: `A reader of ${identifier} is more than two seconds behind the writer, so reads return stale data; check the writer's load and long transactions`,
    metric: highest("AuroraReplicaLagMaximum"),
    threshold: { above: 2000 },
    ...lasting,
    topicArn,
  });
}

/**
 * Maximum connections of an instance: 189 at 1 ACU, 823 at 4, 1,669 at 8, 3,360 at 16, interpolated between these.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
function maxConnections({ minCapacityAcu, maxCapacityAcu }: Settings): number {
  // Aurora limits the connections of an instance that can scale down this far.
  const ceiling = minCapacityAcu <= 0.5 ? 2000 : 5000;
  return Math.min(ceiling, Math.floor(maxCapacityAcu * 211.4 - 22.4));
}
