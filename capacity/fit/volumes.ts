import type { ScaleProfile } from "../../lib/layer/environment-schema";
import { volumeDrivers, volumeLimitOf } from "../../synthesis/add-on";
import type { SynthesisedJson } from "../../synthesis/environment";
import { applicationVolumes } from "./application-volumes";
import { nodeGroupsOf, type NodeGroup } from "./node-groups";

/** Whether the volumes for a kind of node can be attached there. */
export interface VolumePlaces {
  readonly nodes: string;
  readonly needed: number;
  /** With every group at its maximum. */
  readonly places: number;
}

/** Compares the volumes that applications ask for with what the nodes can attach. */
export function countVolumes(
  synthesised: SynthesisedJson,
  scaleProfile: ScaleProfile,
): readonly VolumePlaces[] {
  const groups = nodeGroupsOf(synthesised);
  if (groups.length === 0) return [];
  const { observability, others } = applicationVolumes[scaleProfile];
  const limits = volumeDrivers(synthesised).flatMap((addon) => volumeLimitOf(addon) ?? []);
  const places = (counted: readonly NodeGroup[]) =>
    counted.reduce((sum, { max, instance }) => sum + max * Math.min(instance.volumes, ...limits), 0);
  const [own, open] = [groups.filter(isForObservability), groups.filter((group) => group.open)];
  // Without nodes of their own, the observability pods run wherever any pod may.
  if (own.length === 0) return [{ nodes: "main", needed: observability + others, places: places(open) }];
  return [
    { nodes: "main", needed: others, places: places(open) },
    { nodes: "observability", needed: observability, places: places(own) },
  ];
}

function isForObservability({ labels }: NodeGroup): boolean {
  return Object.values(labels).includes("observability");
}
