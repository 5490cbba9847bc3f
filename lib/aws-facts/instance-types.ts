import { interfacesOf } from "./instance-interfaces";

/** Properties of an EC2 instance type for capacity and cost. */
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

/** The smaller sizes of T families also have two vCPUs. */
const largesBySize = new Map([
  ["nano", 1 / 16],
  ["micro", 1 / 8],
  ["small", 1 / 4],
  ["medium", 1 / 2],
  ["large", 1],
  ["xlarge", 2],
]);

/** Describes an instance type; undefined for a size that is not in the tables, e.g. bare metal. */
export function describeInstanceType(name: string): InstanceType | undefined {
  const [family = "", size = ""] = name.split(".");
  const larges = largesBySize.get(size) ?? 2 * Number(/^(\d+)xlarge$/.exec(size)?.[1]);
  const [networkInterfaces, addressesByInterface] = interfacesOf(family, size) ?? [];
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

/**
 * Maximum pods by the IP addresses of an instance; two pods of every node use the host network:
 * https://github.com/awslabs/amazon-eks-ami, max-pods.
 */
export function mostPods({ networkInterfaces, addressesByInterface }: InstanceType): number {
  return networkInterfaces * (addressesByInterface - 1) + 2;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/volume_limits.html */
function volumesOf(family: string, networkInterfaces: number): number {
  const generation = Number(/^[a-z]+(\d)/.exec(family)?.[1]);
  // Xen instances: more than 40 volumes, the root volume among them, are best effort.
  if (["m4", "c4", "r4", "t2", "m3", "c3", "r3"].includes(family)) return 39;
  // From the seventh generation, volumes have a limit of at least 32; before, 28 shared with network interfaces.
  return generation >= 7 ? 31 : 27 - networkInterfaces;
}
