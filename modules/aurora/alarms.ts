import { type Alarm, addAlarm } from "../../lib/constructs/alarm";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";

/** The database to watch, and who hears of it. */
export interface Watched {
  readonly identifier: string;
  readonly topicArn: string;
}

/** A quarter of an hour: shorter peaks are what serverless capacity is for. */
const lasting = { periods: 3 } as const;

/** Adds alarms on a database that runs out of capacity or connections, or whose readers fall behind. */
export function addAlarms(stack: LayerStack, settings: Settings, watched: Watched): void {
  const { identifier, topicArn } = watched;
  const highest = (name: string): Alarm["metric"] => ({
    namespace: "AWS/RDS",
    name,
    dimensions: { DBClusterIdentifier: identifier },
    statistic: "Maximum",
  });
  addAlarm(stack, "database-capacity", {
    description: `An instance of ${identifier} needs more than 90 % of the capacity it may grow to; look for slow statements in Performance Insights, or raise layers.aurora.maxCapacityAcu`,
    metric: highest("ACUUtilization"),
    threshold: { above: 90 },
    ...lasting,
    topicArn,
  });
  addAlarm(stack, "database-connections", {
    description: `An instance of ${identifier} has more than 80 % of the connections it takes; look for a client that leaks them, or raise layers.aurora.maxCapacityAcu`,
    metric: highest("DatabaseConnections"),
    threshold: { above: Math.floor(maxConnections(settings) * 0.8) },
    ...lasting,
    topicArn,
  });
  if (settings.instances === 1) return;
  addAlarm(stack, "database-replica-lag", {
    description: `A reader of ${identifier} is more than two seconds behind the writer, so what is read there is old; look at the writer's load and at long transactions`,
    metric: highest("AuroraReplicaLagMaximum"),
    threshold: { above: 2000 },
    ...lasting,
    topicArn,
  });
}

/**
 * Connections that an instance takes: 189 at 1 ACU, 823 at 4, 1,669 at 8, 3,360 at 16, and what lies between.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
function maxConnections({ minCapacityAcu, maxCapacityAcu }: Settings): number {
  // An instance that may shrink this far cannot hold more of them then.
  const ceiling = minCapacityAcu <= 0.5 ? 2000 : 5000;
  return Math.min(ceiling, Math.floor(maxCapacityAcu * 211.4 - 22.4));
}
