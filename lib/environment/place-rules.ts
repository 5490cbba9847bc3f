import type { Environment } from "../layer/environment-schema";
import type { Problem } from "../layer/layer";
import { knownRegions, zoneLetters } from "../layer/regions";
import { problemsOfEach } from "../layer/waiting-rules";
import { suggestion } from "../suggestions";
import { allowNew } from "./allow-new";

/** A region that is known to none of AWS's partitions. */
export function unknownRegion(region: string, path: Problem["path"]): readonly Problem[] {
  if (zoneLetters(region) !== undefined) return [];
  const meant = suggestion(region, knownRegions);
  const question = meant === undefined ? "" : `; did you mean "${meant}"?`;
  return [
    { path, message: `"${region}" is not a region of AWS${question}`, hint: `Correct it, or ${allowNew}` },
  ];
}

type Zones = Pick<Environment, "region" | "zones" | "skipRegionValidation">;

/** Zones that are none of the region's; local and Wavelength zones have longer names, and neither NAT gateways nor managed nodes. */
export function strayZones({ region, zones, skipRegionValidation }: Zones): readonly Problem[] {
  const letters = zoneLetters(region);
  // Which zones it has is a question for later, when the region is right.
  if (letters === undefined && !skipRegionValidation) return [];
  const accepted = letters === undefined || skipRegionValidation ? "abcdefghijklmnopqrstuvwxyz" : letters;
  const names = Array.from(accepted, (letter) => `${region}${letter}`);
  return problemsOfEach(zones, (zone, index) =>
    names.includes(zone)
      ? []
      : [
          {
            path: ["zones", index],
            message: `"${zone}" is not an availability zone of "${region}"`,
            hint: zoneHint(region, letters, zone),
          },
        ],
  );
}

function zoneHint(region: string, letters: string | undefined, zone: string): string {
  const called = Array.from(letters ?? "abc", (letter) => `${region}${letter}`).join(", ");
  if (zone.length > region.length + 1 || !zone.startsWith(region))
    return `Zones of ${region} are called ${called}; local and Wavelength zones cannot be used`;
  return `Choose from ${called}, or ${allowNew}`;
}

/**
 * Where no account has three zones in which EKS accepts subnets: of the three of us-west-1, an account sees two, and one is
 * refused: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const tooFewZones: ReadonlySet<string> = new Set(["us-west-1"]);

/** A region in which EKS accepts fewer zones than an environment needs. */
export function regionWithoutZones(region: string): readonly Problem[] {
  if (!tooFewZones.has(region)) return [];
  const message = `EKS accepts subnets in two zones of "${region}" only, and an environment needs three`;
  return [{ path: ["region"], message, hint: "Choose another region" }];
}
