import type { ScaleProfile } from "../../lib/layer/environment-schema";
import type { Range } from "../../lib/layer/prices";

/** Edge nodes by scale profile. */
export const edgeNodes: Readonly<Record<ScaleProfile, number>> = {
  default: 50,
  "100en": 100,
  "500en": 500,
  "1ken": 1000,
  "10ken": 10_000,
};

/** What no file of the environment says: how much it is used in a month. */
export interface Usage {
  readonly outGb: Range;
  readonly natGb: Range;
  readonly endpointGb: Range;
  readonly applicationCapacityUnits: Range;
  readonly networkCapacityUnits: Range;
  readonly millionRequests: Range;
  readonly millionQueries: Range;
  readonly logGb: Range;
  readonly fileGb: Range;
  readonly objectGb: Range;
  readonly databaseGb: Range;
  readonly databaseMillionRequests: Range;
}

/**
 * Assumptions, not measurements: a part that every environment has, and a part for each edge node. They leave a wide
 * range on purpose. Edge nodes take images and packages from the release service, not from here; metrics and logs come
 * in, which costs nothing but load balancer capacity, and stay 15 to 31 days.
 */
export function assumedUsage(scaleProfile: ScaleProfile): Usage {
  const nodes = edgeNodes[scaleProfile];
  const range = (base: Range, byNode: Range): Range => [
    base[0] + nodes * byNode[0],
    base[1] + nodes * byNode[1],
  ];
  return {
    outGb: range([20, 100], [0.1, 1]),
    natGb: range([100, 500], [0.01, 0.1]),
    endpointGb: range([50, 500], [0.05, 0.5]),
    // A unit carries 3,000 connections; the agents of one edge node keep about ten open.
    applicationCapacityUnits: range([1, 2], [0.0003, 0.0034]),
    networkCapacityUnits: range([0.1, 1], [0, 0.0001]),
    // A heartbeat a minute from one agent, or from ten: 0.04 or 0.4 million a month.
    millionRequests: range([1, 5], [0.04, 0.4]),
    // Agents resolve ten names a minute, unless a resolver at their site has them: 0.44 million a month.
    millionQueries: range([0.1, 1], [0.01, 0.44]),
    logGb: range([20, 100], [0.01, 0.1]),
    fileGb: range([10, 100], [0, 0.01]),
    objectGb: range([10, 100], [0.2, 2]),
    databaseGb: range([5, 20], [0.002, 0.02]),
    databaseMillionRequests: range([10, 100], [0.05, 0.5]),
  };
}
