/** What an EC2 instance type offers, as far as capacity and cost depend on it. */
export interface InstanceType {
  readonly name: string;
  readonly family: string;
  readonly vcpus: number;
  /** Size in units of `large`; AWS prices the sizes of a family in this proportion. */
  readonly larges: number;
  readonly networkInterfaces: number;
  readonly addressesByInterface: number;
  /** Volumes that can be attached besides the root volume and all network interfaces. */
  readonly volumes: number;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html */
const interfaces: Readonly<Record<string, readonly [interfaces: number, addresses: number]>> = {
  nano: [2, 2],
  micro: [2, 2],
  small: [3, 4],
  medium: [3, 6],
  large: [3, 10],
  xlarge: [4, 15],
  "2xlarge": [4, 15],
  "4xlarge": [8, 30],
  "8xlarge": [8, 30],
  "9xlarge": [8, 30],
  "10xlarge": [8, 30],
  "12xlarge": [8, 30],
  "16xlarge": [15, 50],
  "18xlarge": [15, 50],
  "24xlarge": [15, 50],
  "32xlarge": [15, 50],
  "48xlarge": [15, 50],
};

const exceptions: Readonly<Record<string, readonly [interfaces: number, addresses: number]>> = {
  "m4.large": [2, 10],
  "m4.16xlarge": [8, 30],
  "t3.large": [3, 12],
  "t3a.large": [3, 12],
  "t3a.small": [2, 4],
  "t4g.large": [3, 12],
};

/** The smaller sizes of T families have two virtual CPUs all the same. */
const largesBySize: Readonly<Record<string, number>> = {
  nano: 1 / 16,
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
  xlarge: 2,
};

/** Describes an instance type; undefined for a size that is not in the tables, e.g. bare metal. */
export function describeInstanceType(name: string): InstanceType | undefined {
  const [family = "", size = ""] = name.split(".");
  const larges = largesBySize[size] ?? 2 * Number(/^(\d+)xlarge$/.exec(size)?.[1]);
  const [networkInterfaces, addressesByInterface] = exceptions[name] ?? interfaces[size] ?? [];
  if (networkInterfaces === undefined || addressesByInterface === undefined) return undefined;
  return {
    name,
    family,
    vcpus: Math.max(2, 2 * larges),
    larges,
    networkInterfaces,
    addressesByInterface,
    volumes: volumesOf(family, networkInterfaces),
  };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/volume_limits.html */
function volumesOf(family: string, networkInterfaces: number): number {
  const generation = Number(/^[a-z]+(\d)/.exec(family)?.[1]);
  // Xen instances: more than 40 volumes, the root volume among them, are best effort.
  if (["m4", "c4", "r4", "t2", "m3", "c3", "r3"].includes(family)) return 39;
  // From the seventh generation on, volumes have at least 32 places of their own; before, 28 with the interfaces.
  return generation >= 7 ? 31 : 27 - networkInterfaces;
}
