import { isWithin } from "./overlap";

/**
 * Never through a proxy: the client itself, its metadata, all private addresses (VPC, pods, services and interface
 * endpoints), names inside the cluster, and the private endpoint of its API.
 */
export const direct = [
  "localhost",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  ".svc",
  ".cluster.local",
  ".internal",
  ".eks.amazonaws.com.cn",
  ".eks.amazonaws.com",
];

/** The ranges among these that are not private, and would go through a proxy. */
export function indirectRanges(cidrs: readonly string[]): readonly string[] {
  const known = direct.filter((each) => each.includes("/"));
  return cidrs.filter((cidr) => !known.some((range) => isWithin(cidr, range)));
}
