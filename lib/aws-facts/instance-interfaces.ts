/** Maximum network interfaces of an instance, and IPv4 addresses per interface. */
type Interfaces = readonly [interfaces: number, addresses: number];
type BySize = Readonly<Record<string, Interfaces>>;

/**
 * Most families: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html and the network specifications of
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html, November 2026.
 */
const usual: BySize = {
  nano: [2, 2],
  micro: [2, 2],
  small: [3, 4],
  medium: [2, 4],
  large: [3, 10],
  xlarge: [4, 15],
  "2xlarge": [4, 15],
  "3xlarge": [4, 15],
  "4xlarge": [8, 30],
  "6xlarge": [8, 30],
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

const eighthIntel: BySize = {
  large: [3, 20],
  xlarge: [4, 30],
  "2xlarge": [4, 30],
  "4xlarge": [8, 50],
  "8xlarge": [10, 50],
  "12xlarge": [12, 50],
  "16xlarge": [16, 64],
  "24xlarge": [16, 64],
  "32xlarge": [24, 64],
  "48xlarge": [24, 64],
  "64xlarge": [24, 64],
  "96xlarge": [24, 64],
};

const eighthAmd: BySize = {
  large: [3, 20],
  xlarge: [4, 20],
  "2xlarge": [4, 40],
  "4xlarge": [8, 40],
  "8xlarge": [10, 40],
  "12xlarge": [12, 64],
  "16xlarge": [16, 64],
  "24xlarge": [16, 64],
  "48xlarge": [24, 64],
};

const eighthNetwork: BySize = { ...eighthIntel, large: [4, 20], "8xlarge": [8, 50], "32xlarge": [16, 64] };
const ninthGraviton: BySize = { ...eighthIntel, medium: [2, 20], "24xlarge": [24, 64] };
const sixthNetwork: BySize = { "32xlarge": [16, 50] };
const threes: BySize = { medium: [3, 6], large: [3, 12] };

/** Families with different limits, by size. */
const different: readonly (readonly [families: string, sizes: BySize])[] = [
  ["c8i c8id c8i-flex m8i m8id m8i-flex r8i r8id r8i-flex x8i", eighthIntel],
  ["c8a m8a r8a", eighthAmd],
  ["c8ib c8in c8ine m8ib m8idb m8idn m8in m8ine r8ib r8idb r8idn r8in", eighthNetwork],
  ["m9g m9gd", ninthGraviton],
  ["c6in m6idn m6in r6idn r6in", sixthNetwork],
  ["t2", { ...threes, xlarge: [3, 15], "2xlarge": [3, 15] }],
  ["t3", threes],
  ["t3a", { ...threes, small: [2, 4] }],
  ["t4g", threes],
  ["m4", { large: [2, 10], "16xlarge": [8, 30] }],
  ["m5zn z1d", { "3xlarge": [8, 30], "12xlarge": [15, 50] }],
  ["i7ie", { "12xlarge": [8, 50] }],
  ["d3", { xlarge: [4, 3], "2xlarge": [4, 5], "4xlarge": [4, 10], "8xlarge": [3, 20] }],
  [
    "g4ad",
    { xlarge: [2, 4], "2xlarge": [2, 4], "4xlarge": [3, 10], "8xlarge": [4, 15], "16xlarge": [8, 30] },
  ],
  [
    "g4dn",
    { xlarge: [3, 10], "2xlarge": [3, 10], "4xlarge": [3, 10], "8xlarge": [4, 15], "16xlarge": [4, 15] },
  ],
  ["g5", { "12xlarge": [15, 50], "16xlarge": [8, 30], "48xlarge": [7, 50] }],
];

const byFamily = new Map(
  different.flatMap(([families, sizes]) => families.split(" ").map((family) => [family, sizes] as const)),
);

/** The interfaces of a size of a family; undefined for a size that is not in the tables, e.g. bare metal. */
export function interfacesOf(family: string, size: string): Interfaces | undefined {
  return [byFamily.get(family), usual].flatMap((sizes) =>
    sizes !== undefined && Object.hasOwn(sizes, size) ? [sizes[size]] : [],
  )[0];
}
