import { Address4, Address6 } from "ip-address";
import { privateRanges, sharedRange } from "../lib/aws-facts/private-ranges";

/**
 * Whether ranges admit the internet: one is wider than any that a single holder has, or all together are wider than that.
 * What is not a range, e.g. a reference, does not.
 */
export function coverInternet(ranges: readonly string[]): boolean {
  const distinct = [...new Set(ranges)];
  const sizes = distinct.flatMap((range) => publicSizeOf(range) ?? []);
  return distinct.some(isWide) || sizes.reduce((sum, size) => sum + size, 0) > 2 ** (32 - widest.v4);
}

/** The shortest prefixes that a single holder has. */
const widest = { v4: 8, v6: 16 };

function isWide(range: string): boolean {
  const prefix = Number(/\/([0-9]{1,3})$/.exec(range)?.[1] ?? Infinity);
  return prefix < (range.includes(":") ? widest.v6 : widest.v4);
}

const unreachable = [...privateRanges, sharedRange].map((range) => new Address4(range));

/** The addresses of an IPv4 range that the internet can route to, and the share of an IPv6 range in as many. */
function publicSizeOf(range: string): number | undefined {
  if (Address4.isValid(range)) {
    const address = new Address4(range);
    return unreachable.some((inner) => address.isInSubnet(inner)) ? 0 : 2 ** (32 - address.subnetMask);
  }
  // As wide a share of the IPv6 internet is counted as much.
  return Address6.isValid(range)
    ? 2 ** (32 - widest.v4 + widest.v6 - new Address6(range).subnetMask)
    : undefined;
}
