/** Availability zones that the simulated cloud has in every region. */
export const zonesIn = (region: string): readonly string[] =>
  ["a", "b", "c"].map((letter) => `${region}${letter}`);

const directions: Readonly<Record<string, string>> = {
  northeast: "ne",
  northwest: "nw",
  southeast: "se",
  southwest: "sw",
};

/** Id of a zone, in the form of `use1-az1` for `us-east-1a`. */
export function zoneId(zone: string): string {
  const letter = zone.charCodeAt(zone.length - 1) - "a".charCodeAt(0) + 1;
  const [area = "", ...rest] = zone.slice(0, -1).split("-");
  const short = rest.map((part) => directions[part] ?? part.slice(0, 1)).join("");
  return `${area}${short}-az${letter}`;
}
