import fc from "fast-check";
import { servicesFrom } from "../../../modules/network-operations/endpoints/services";
import { type Legal, legal, legalOf } from "./legal";
import type { Place } from "./place";
import { id, range } from "./text";

/** Sessions on the bastion need these. */
const sessionServices = ["ssm", "ssmmessages", "logs", "kms"];

/** A VPC: its ranges, the network in it, and whether it has public subnets. */
interface Vpc {
  readonly cidr: string;
  readonly additionalCidrs: readonly string[];
  readonly network: unknown;
  readonly isPublic: boolean;
}

const furtherRange = fc.uniqueArray(range([100, 64], [16, 28]), { maxLength: 1 });

const newVpc: fc.Arbitrary<Vpc> = fc.record({
  cidr: range([10, 20], [16, 16]),
  additionalCidrs: furtherRange,
  network: fc.record(
    { source: fc.constant("new"), natGateways: fc.constantFrom("one-per-zone", "single") },
    { requiredKeys: ["source"] },
  ),
  isPublic: fc.constant(true),
});

/** As it is found: a range for everything, or a small one that others route and a large one for nodes and pods. */
const existingRanges = fc.constantFrom(
  { cidr: "10.20.0.0/16", additionalCidrs: [], subnets: "10.20" },
  { cidr: "10.20.0.0/24", additionalCidrs: ["100.64.0.0/16"], subnets: "100.64" },
  { cidr: "100.64.0.0/16", additionalCidrs: [], subnets: "100.64" },
);

const existingVpc = ({ zones }: Place): fc.Arbitrary<Vpc> =>
  fc
    .tuple(existingRanges, fc.boolean(), id("vpc"), id("pl"), fc.boolean(), fc.boolean())
    .chain(
      ([{ cidr, additionalCidrs, subnets }, isPublic, vpcId, s3PrefixListId, sessionEndpoints, isApart]) => {
        const each = zones.map((name, index) => [
          name,
          zone(`${subnets}.${64 * (index + 1)}.0/18`, { isPublic, isApart, index }),
        ]);
        const network = fc.record({
          source: fc.constant("existing"),
          vpcId: fc.constant(vpcId),
          zones: fc.record(Object.fromEntries(each) as Readonly<Record<string, fc.Arbitrary<unknown>>>),
          s3PrefixListId: fc.constantFrom(s3PrefixListId, undefined),
          sessionEndpoints: fc.constant(sessionEndpoints),
        });
        return network.map((of) => ({ cidr, additionalCidrs, network: of, isPublic }));
      },
    );

/** A zone of an existing VPC, with its own NAT gateway, with the one of all zones, or with a transit gateway. */
function zone(
  privateCidr: string,
  {
    isPublic,
    isApart,
    index,
  }: { readonly isPublic: boolean; readonly isApart: boolean; readonly index: number },
): fc.Arbitrary<unknown> {
  return fc.record({
    privateSubnetId: id("subnet"),
    privateCidr: fc.constant(privateCidr),
    privateRouteTableId: id("rtb"),
    ...(isPublic ? { publicSubnetId: id("subnet") } : {}),
    // In every zone, or in none.
    ...(isApart ? { loadBalancerSubnetId: id("subnet") } : {}),
    natPublicIp: fc.constantFrom("203.0.113.10", `203.0.113.${20 + index}`, ...(isPublic ? [] : [undefined])),
  });
}

/** Shield Advanced and Elastic IP addresses are for what faces the internet. */
const facing = ({ partition }: Place) => {
  const shield = fc.record({
    enabled: fc.constant(true),
    acceptedPrice: fc.constant("3000 USD a month for at least a year"),
    subscribe: fc.boolean(),
  });
  const shielded = partition === "aws" ? fc.oneof(fc.constant(off), shield) : fc.constant(off);
  return fc.tuple(fc.constant("internet-facing"), fc.boolean(), shielded);
};
const off = { enabled: false };
const inside = fc.constant(["internal", false, off] as const);

/** A VPC, and load balancers that it has subnets for. */
const network = (place: Place) =>
  fc.oneof(newVpc, existingVpc(place)).chain(({ cidr, additionalCidrs, network: of, isPublic }) => {
    const exposure: fc.Arbitrary<readonly unknown[]> = isPublic ? fc.oneof(facing(place), inside) : inside;
    return exposure.map((values) => [cidr, additionalCidrs, of, ...values]);
  });

const managedRule = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,40}$/);
/** Names of repositories. */
export const repository = fc.stringMatching(/^[a-z0-9]{1,8}(\/[a-z0-9]{1,8}([._-][a-z0-9]{1,4})?){0,3}$/);

/** Settings of the layers that make the network and what stands at its edge. */
export const legalNetwork: readonly Legal[] = [
  legal(
    [
      ...["cidr", "additionalCidrs", "network"].map((name) => `layers.vpc.${name}`),
      ...["scheme", "elasticIpAddresses", "shieldAdvanced"].map((name) => `layers.lb-waf.${name}`),
    ],
    network,
  ),
  legalOf("layers.network-operations.interfaceEndpoints", () =>
    fc.subarray([...servicesFrom("500en")]).map((some) => [...new Set([...sessionServices, ...some])]),
  ),
  legalOf("layers.network-operations.bastion.instanceType", () =>
    fc.constantFrom("t3.micro", "t4g.nano", "m7i.large", "c7g.medium"),
  ),
  ...["common", "knownBadInputs", "ipReputation", "sqlInjection"].map((group) =>
    legalOf(`layers.lb-waf.waf.countedRules.${group}`, () => fc.uniqueArray(managedRule, { maxLength: 3 })),
  ),
  legalOf("layers.release-service.cidr", () =>
    fc.oneof(range([172, 18], [16, 22]), range([192, 168], [16, 22])),
  ),
  legalOf("layers.release-service.anonymousPrefixes", () =>
    fc.uniqueArray(
      repository.map((name) => `${name}/`),
      { maxLength: 3 },
    ),
  ),
  legalOf("layers.release-service.reservedConcurrency", () =>
    fc.oneof(fc.constant("none"), fc.integer({ min: 1, max: 900 })),
  ),
];
