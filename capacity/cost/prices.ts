import type { Environment } from "../../lib/layer/environment-schema";

/** Regions that the table has prices for, in the order of its columns. */
const regions = ["us-east-1", "us-west-2", "eu-central-1"] as const;
type PricedRegion = (typeof regions)[number];

type Row = readonly [usEast1: number, usWest2: number, euCentral1: number];
const everywhere = (price: number): Row => [price, price, price];
const american = (both: number, frankfurt: number): Row => [both, both, frankfurt];

/** Where the numbers come from, and how far to trust them. */
export const priceSource = {
  compiled: "2026-11-22",
  basis:
    "public on-demand list prices in USD, without tax, discounts, commitments, free tier and support plan",
  from: [
    "EC2: AWS price list of 2026-01-19 for us-east-1 as Karpenter publishes it; SkyPilot's copy of the price list (undated) for us-west-2 and eu-central-1",
    "gp3 and public IPv4 in eu-central-1: AWS price list effective 2026-09-01",
    "Aurora in us-east-1: AWS price list effective 2025-10-01; log ingestion: list price of 2026-03-26",
    "everything else: AWS pricing pages as known when the table was compiled, not looked up again",
  ],
} as const;

/** USD by unit and region. An hour, a GB-month and a month are what AWS bills. */
const table = {
  clusterHour: everywhere(0.1),
  volumeGb: american(0.08, 0.0952),
  natHour: american(0.045, 0.052),
  natGb: american(0.045, 0.052),
  // 0.01 out of one zone and 0.01 into the other: https://aws.amazon.com/ec2/pricing/on-demand/, "Data Transfer within the same AWS Region"
  betweenZonesGb: everywhere(0.02),
  publicAddressHour: everywhere(0.005),
  endpointHour: american(0.01, 0.012),
  endpointGb: everywhere(0.01),
  applicationBalancerHour: american(0.0225, 0.027),
  applicationCapacityHour: everywhere(0.008),
  networkBalancerHour: american(0.0225, 0.027),
  networkCapacityHour: everywhere(0.006),
  capacityUnitHour: american(0.12, 0.14),
  databaseGb: american(0.1, 0.119),
  databaseMillionRequests: american(0.2, 0.22),
  fileGb: american(0.3, 0.36),
  fileReadGb: american(0.03, 0.04),
  fileWrittenGb: american(0.06, 0.07),
  objectGb: american(0.023, 0.0245),
  backupGb: american(0.05, 0.06),
  key: everywhere(1),
  secret: everywhere(0.4),
  hostedZone: everywhere(0.5),
  shieldSubscription: everywhere(3000),
  webAcl: everywhere(5),
  webAclRule: everywhere(1),
  webAclMillionRequests: everywhere(0.6),
  alarm: everywhere(0.1),
  dashboard: everywhere(3),
  metric: everywhere(0.3),
  logGb: american(0.5, 0.63),
  outGb: everywhere(0.09),
} as const satisfies Readonly<Record<string, Row>>;

/** USD an hour of the size `large`, by family; other sizes cost in proportion. */
const largeHour: Readonly<Record<string, Row>> = {
  t3: american(0.0832, 0.096),
  t4g: american(0.0672, 0.0768),
  m4: american(0.1, 0.12),
  m5: american(0.096, 0.115),
  m6i: american(0.096, 0.115),
  m7i: american(0.1008, 0.1208),
  r5: american(0.126, 0.152),
  r5a: american(0.113, 0.137),
  r6i: american(0.126, 0.152),
  r7i: american(0.1323, 0.1596),
  c5: american(0.085, 0.097),
  c6i: american(0.085, 0.097),
};

export type PricedUnit = keyof typeof table;

/** What things cost in one region. */
export interface Prices {
  readonly region: PricedRegion;
  /** Why these are another region's prices; undefined when they are its own. */
  readonly note: string | undefined;
  of(unit: PricedUnit): number;
  /** USD an hour; undefined for a family that is not in the table. */
  instanceHour(instance: { readonly family: string; readonly larges: number }): number | undefined;
}

/** The prices of a region, or of the one in the table that is closest in price; undefined where none is. */
export function pricesFor({
  region,
  partition,
}: Pick<Environment, "region" | "partition">): Prices | undefined {
  const exact = regions.find((known) => known === region);
  const used = exact ?? (partition === "aws" ? similar(region) : undefined);
  if (used === undefined) return undefined;
  const column = regions.indexOf(used);
  return {
    region: used,
    note: exact ? undefined : `The table has no prices for ${region}: these are those of ${used}`,
    of: (unit) => cell(table[unit], column),
    instanceHour: ({ family, larges }) => {
      const row = largeHour[family];
      return row && larges * cell(row, column);
    },
  };
}

function similar(region: string): PricedRegion | undefined {
  if (region.startsWith("eu-")) return "eu-central-1";
  return /^(us|ca)-/.test(region) ? "us-west-2" : undefined;
}

function cell(row: Row, column: number): number {
  const price = row[column];
  if (price === undefined) throw new Error(`The price table has no column ${column}`);
  return price;
}
