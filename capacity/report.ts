import type { Environment } from "../lib/layer/environment-schema";
import { mostPods } from "../lib/aws-facts/instance-types";
import type { SynthesisedJson } from "../synthesis/environment";
import { countAddresses, type SubnetAddresses } from "./fit/addresses";
import type { DeclaringLayer } from "./context";
import { type Cost, estimateCost } from "./cost/index";
import { type NodeGroup, nodeGroupsOf } from "./fit/node-groups";
import { type QuotaNeed, quotaNeeds } from "./fit/quota-needs";
import { edgeNodes } from "./cost/usage";
import { countVolumes, type VolumePlaces } from "./fit/volumes";

/** What an environment takes of an account, of its network and of a budget. */
export interface CapacityReport {
  readonly environment: Pick<Environment, "name" | "region" | "scaleProfile">;
  readonly edgeNodes: number;
  readonly nodeGroups: readonly NodeGroup[];
  readonly subnets: readonly SubnetAddresses[];
  readonly volumes: readonly VolumePlaces[];
  readonly quotas: readonly QuotaNeed[];
  /** Declarations of layers that contradict what is known of quotas. */
  readonly quotaNotes: readonly string[];
  readonly cost: Cost;
  /** What cannot work, in sentences; empty when everything fits. */
  readonly misfits: readonly string[];
}

/** Computes the report from what was synthesised; nothing is asked of AWS. */
export function capacityReport(
  synthesised: SynthesisedJson,
  environment: Environment,
  layers: readonly DeclaringLayer[],
): CapacityReport {
  const { name, region, scaleProfile } = environment;
  const nodeGroups = nodeGroupsOf(synthesised);
  const subnets = countAddresses(synthesised);
  const volumes = countVolumes(synthesised, scaleProfile);
  const { needs, notes } = quotaNeeds(synthesised, environment, layers);
  return {
    environment: { name, region, scaleProfile },
    edgeNodes: edgeNodes[scaleProfile],
    nodeGroups,
    subnets,
    volumes,
    quotas: needs,
    quotaNotes: notes,
    cost: estimateCost({ synthesised, context: environment, layers }),
    misfits: [...nodeGroups.flatMap(tooManyPods), ...subnets.flatMap(tooSmall), ...volumes.flatMap(tooFew)],
  };
}

function tooManyPods({ name, instance, maxPods }: NodeGroup): readonly string[] {
  const most = mostPods(instance);
  if (maxPods <= most) return [];
  return [`Nodes of ${name} may run ${maxPods} pods, but ${instance.name} has addresses for ${most}`];
}

function tooSmall({ name, usable, used }: SubnetAddresses): readonly string[] {
  if (used.updating <= usable) return [];
  return [
    `Subnet ${name} has ${usable} addresses, but needs ${used.maximum}, and ${used.updating} during an update`,
  ];
}

function tooFew({ nodes, needed, places }: VolumePlaces): readonly string[] {
  if (needed <= places) return [];
  return [`Applications need ${needed} volumes on ${nodes} nodes, which can attach ${places}`];
}
