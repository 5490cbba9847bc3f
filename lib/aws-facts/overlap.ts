import { Address4 } from "ip-address";

/** Whether two IPv4 ranges share addresses. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [new Address4(one), new Address4(other)];
  return a.isInSubnet(b) || b.isInSubnet(a);
}
