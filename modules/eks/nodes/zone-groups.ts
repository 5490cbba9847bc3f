import type { NodeGroup } from "./group-settings";

/** A managed node group as AWS has it: over some zones, with sizes of its own. */
export interface ZoneGroup {
  /** Part of its name: the group's, followed by the zone where each zone has its own. */
  readonly name: string;
  readonly zones: readonly string[];
  readonly minSize: number;
  readonly desiredSize: number;
  readonly maxSize: number;
}

/** Spreads a group over zones: one for all of them, or one for each, the first getting what does not divide evenly. */
export function zoneGroups(
  group: NodeGroup & { readonly name: string },
  zones: readonly string[],
): readonly ZoneGroup[] {
  const { name, minSize, desiredSize, maxSize } = group;
  if (!group.perZone) return [{ name, zones, minSize, desiredSize, maxSize }];
  return zones.map((zone, index) => {
    const share = (size: number) => Math.floor((size + zones.length - 1 - index) / zones.length);
    return {
      name: `${name}-${zone}`,
      zones: [zone],
      minSize: share(minSize),
      desiredSize: share(desiredSize),
      maxSize: share(maxSize),
    };
  });
}
