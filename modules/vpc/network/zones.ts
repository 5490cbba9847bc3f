/** Creates one item per zone; returns the items by zone. */
export function perZone<Item>(
  zones: readonly string[],
  create: (zone: string) => Item,
): Record<string, Item> {
  return Object.fromEntries(zones.map((zone) => [zone, create(zone)]));
}

/** The item of `zone` in `record`; every zone of the environment has an entry. */
export function inZone<Item>(record: Readonly<Record<string, Item>>, zone: string | undefined): Item {
  const found = zone === undefined ? undefined : record[zone];
  if (found === undefined) throw new Error(`There is no entry for zone "${String(zone)}"`);
  return found;
}
