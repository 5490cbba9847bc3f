import type { z } from "zod";
import { offeringsCheck } from "../../../lib/aws-facts/instance-offerings";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Preflight } from "../../../lib/layer/preflight";
import type { Settings } from "../settings";
import { adminRoleChecks } from "./admin-roles";

/** Checks of the account before the cluster is created in it. */
export function clusterChecks(
  environment: Environment,
  { nodeGroups }: z.output<typeof Settings>,
): readonly Preflight[] {
  const types = Object.entries(nodeGroups).map(([name, { instanceType }]) => ({
    setting: `layers.eks.nodeGroups.${name}.instanceType`,
    instanceType,
    zones: environment.zones,
  }));
  return [offeringsCheck("instance types of the nodes", types), ...adminRoleChecks(environment)];
}
