import { Address4 } from "ip-address";

/** One public and one private IPv4 range per availability zone. */
export interface SubnetPlan {
  readonly public: Readonly<Record<string, string>>;
  readonly private: Readonly<Record<string, string>>;
}

/** Network address, router, DNS, reserved for future use, broadcast (Amazon VPC User Guide, "Subnet sizing"). */
const reservedBySubnet = 5;
const largestVpcPrefix = 16;
const smallestVpcPrefix = 22;

/**
 * Divides a VPC range /n into a public /(n+4) and a private /(n+2) per zone, the layout of earlier environments.
 *
 * @param cidr a network address with its prefix, e.g. `10.20.0.0/20`
 * @param zones at most three, in the order of their ranges
 */
export function planSubnets(cidr: string, zones: readonly string[]): SubnetPlan {
  const { startAddress, prefix } = parse(cidr);
  const publicRange = new Address4(`${startAddress}/${prefix + 4}`);
  // The public subnets fit into the first quarter, so private ones start at the second.
  const privateRange = new Address4(`${startAddress}/${prefix + 2}`).nextNetwork();
  return { public: consecutive(publicRange, zones), private: consecutive(privateRange, zones) };
}

/** Number of usable addresses in a subnet. */
export function usableAddresses(cidr: string): number {
  return usableIn(parse(cidr).prefix);
}

/** The prefix length of the smallest VPC range whose three private subnets hold so many addresses; undefined when even /16 does not. */
export function smallestPrefixFor(addresses: number): number | undefined {
  for (let prefix = smallestVpcPrefix; prefix >= largestVpcPrefix; prefix--) {
    if (3 * usableIn(prefix + 2) >= addresses) return prefix;
  }
  return undefined;
}

function usableIn(prefix: number): number {
  return 2 ** (32 - prefix) - reservedBySubnet;
}

function parse(cidr: string): { startAddress: string; prefix: number } {
  const range = new Address4(cidr);
  return { startAddress: range.startAddress().correctForm(), prefix: range.subnetMask };
}

function consecutive(first: Address4, zones: readonly string[]): Record<string, string> {
  const size = 2 ** (32 - first.subnetMask);
  return Object.fromEntries(zones.map((zone, index) => [zone, first.offset(index * size).networkForm()]));
}
