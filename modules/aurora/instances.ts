import type { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";

/** What every instance is attached to. */
interface Attached {
  readonly cluster: RdsCluster;
  readonly identifier: string;
  readonly dataKeyArn: string;
  readonly monitoringRoleArn: string;
  readonly parameterGroupName: string;
}

/**
 * Adds the instances, walking the zones so that no zone gets a second one before each has its first; returns their
 * identifiers.
 */
export function addInstances(stack: LayerStack, settings: Settings, to: Attached): readonly string[] {
  return placements(stack.environment.zones, settings.instances).map(({ zone, name }) => {
    const instance = new RdsClusterInstance(stack, `instance-${name}`, {
      identifier: `${to.identifier}-${name}`,
      clusterIdentifier: to.cluster.id,
      engine: to.cluster.engine,
      dbParameterGroupName: to.parameterGroupName,
      instanceClass: "db.serverless",
      availabilityZone: zone,
      publiclyAccessible: false,
      // Tier 1 keeps a replica as large as the writer, so that it can take over at once.
      promotionTier: 1,
      // A minor version that the file names must stay; otherwise AWS chooses it.
      autoMinorVersionUpgrade: !settings.engineVersion.includes("."),
      caCertIdentifier: "rds-ca-rsa2048-g1",
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: to.dataKeyArn,
      performanceInsightsRetentionPeriod: 7,
      monitoringInterval: 60,
      monitoringRoleArn: to.monitoringRoleArn,
      preferredMaintenanceWindow: settings.maintenanceWindow,
      copyTagsToSnapshot: true,
    });
    return instance.identifier;
  });
}

/** `us-west-2a`, `us-west-2b`, `us-west-2c`, `us-west-2a-2`, … */
function placements(zones: readonly string[], count: number): { zone: string; name: string }[] {
  const rounds = Array.from({ length: Math.ceil(count / zones.length) }, (_, round) => round + 1);
  return rounds
    .flatMap((round) => zones.map((zone) => ({ zone, name: round === 1 ? zone : `${zone}-${round}` })))
    .slice(0, count);
}
