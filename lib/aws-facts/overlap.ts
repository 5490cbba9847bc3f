import { Address4 } from "ip-address";

/** Whether an IPv4 range or address is inside another range. */
export function isWithin(range: string, outer: string): boolean {
  return new Address4(range).isInSubnet(new Address4(outer));
}

/** Whether two IPv4 ranges share addresses. */
export function overlap(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}
