import type { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import type { LayerStack } from "../../lib/layer/stack";
import type { Settings } from "./settings";

/** Attributes of other resources that every instance uses. */
interface InstanceInputs {
  readonly cluster: RdsCluster;
  readonly identifier: string;
  readonly dataKeyArn: string;
  readonly monitoringRoleArn: string;
  readonly parameterGroupName: string;
}

/**
 * Adds the instances, distributed evenly over the zones; returns their identifiers.
 */
export function addInstances(stack: LayerStack, settings: Settings, to: InstanceInputs): readonly string[] {
  return placements(stack.environment.zones, settings.instances).map(({ zone, name }) => {
    const instance = new RdsClusterInstance(stack, `instance-${name}`, {
      identifier: `${to.identifier}-${name}`,
      clusterIdentifier: to.cluster.id,
      engine: to.cluster.engine,
      dbParameterGroupName: to.parameterGroupName,
      instanceClass: "db.serverless",
      availabilityZone: zone,
      publiclyAccessible: false,
      // Tier 1 scales a replica with the writer, so that a failover does not lose capacity.
      promotionTier: 1,
      // The version is that of the environment file: RDS refuses to go back to it from a newer one.
      autoMinorVersionUpgrade: false,
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
