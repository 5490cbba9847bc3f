import type { NodeGroup } from "./group-settings";

/** A managed node group in AWS, with its zones and sizes. */
export interface ZoneGroup {
  /** Part of the physical name: the group's name, followed by the zone if there is one group per zone. */
  readonly name: string;
  readonly zones: readonly string[];
  readonly minSize: number;
  readonly desiredSize: number;
  readonly maxSize: number;
}

/** Splits a group: one for all zones, or one per zone, where the first zones get the remainder of the sizes. */
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
