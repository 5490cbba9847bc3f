/** Makes one thing per zone and keys it by the zone. */
export function perZone<Made>(zones: readonly string[], make: (zone: string) => Made): Record<string, Made> {
  return Object.fromEntries(zones.map((zone) => [zone, make(zone)]));
}

/** What `record` holds for `zone`; every zone of the environment has an entry. */
export function inZone<Made>(record: Readonly<Record<string, Made>>, zone: string | undefined): Made {
  const found = zone === undefined ? undefined : record[zone];
  if (found === undefined) throw new Error(`Nothing was made for zone "${String(zone)}"`);
  return found;
}
