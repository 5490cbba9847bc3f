import { isWithin, overlap } from "./overlap";
import { privateRanges, sharedRange } from "./private-ranges";

/** Not addresses of the internet: https://en.wikipedia.org/wiki/Reserved_IP_addresses, to which the guide of EKS links */
const reservedRanges = [
  ...privateRanges,
  ...["0.0.0.0/8", sharedRange, "127.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24"],
  ...["192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
];

/** RFC 5737: they stand for public addresses, also in the examples of this product. */
const documentationRanges = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"];

/** Whether a range is inside one of the private ranges of RFC 1918. */
export function isPrivate(range: string): boolean {
  return privateRanges.some((outer) => isWithin(range, outer));
}

/** The first reserved range that shares addresses with a range; undefined: all its addresses are public. */
export function reservedIn(range: string): string | undefined {
  return sharing(range, reservedRanges);
}

/** The same of an address as examples write it, for which those of documentation are public. */
export function notPublicIn(address: string): string | undefined {
  return sharing(
    address,
    reservedRanges.filter((range) => !documentationRanges.includes(range)),
  );
}

function sharing(range: string, ranges: readonly string[]): string | undefined {
  return ranges.find((reserved) => overlap(range, reserved));
}
