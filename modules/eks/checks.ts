import { Address4 } from "ip-address";
import type { z } from "zod";
import type { Environment } from "../../lib/environment-schema";
import type { Problem } from "../../lib/layer";
import { planSubnets, smallestPrefixFor, usableAddresses } from "../../lib/subnets";
import type { Settings as VpcSettings } from "../vpc/settings";
import type { Settings } from "./settings";

type EksSettings = z.output<typeof Settings>;
type Groups = EksSettings["nodeGroups"];

/** What the check looks at, of all that it is given. */
interface Given {
  readonly environment: Environment;
  readonly settings: EksSettings;
  readonly needs: { readonly vpc: z.output<typeof VpcSettings> };
}

/** Endpoints, mount targets, database, control plane and nodes that replace others during an update. */
const addressesOfOthersByZone = 32;

/** What no single field can state about the cluster. */
export function checkCluster({ environment, settings, needs }: Given): readonly Problem[] {
  return [
    ...sizeProblems(settings.nodeGroups),
    ...placeForEveryPod(settings.nodeGroups),
    ...addressProblems(environment, settings.nodeGroups, needs.vpc.cidr),
    ...serviceRangeProblems(settings.serviceIpv4Cidr, [needs.vpc.cidr, ...needs.vpc.additionalCidrs]),
  ];
}

function sizeProblems(groups: Groups): Problem[] {
  return Object.entries(groups).flatMap(([name, { minSize, desiredSize, maxSize }]) => {
    if (minSize <= desiredSize && desiredSize <= maxSize) return [];
    return [
      {
        path: ["layers", "eks", "nodeGroups", name],
        message: `has minSize ${minSize}, desiredSize ${desiredSize} and maxSize ${maxSize}, which do not rise`,
        hint: "Set minSize <= desiredSize <= maxSize",
      },
    ];
  });
}

function placeForEveryPod(groups: Groups): Problem[] {
  const open = Object.values(groups).filter((group) => group.taints.length === 0 && group.desiredSize > 0);
  if (open.length > 0) return [];
  return [
    {
      path: ["layers", "eks", "nodeGroups"],
      message: "has no group with nodes and without taints, so most pods would have nowhere to run",
      hint: 'Give the "main" group a desiredSize of at least 1 and no taints',
    },
  ];
}

/** Every pod takes an address of its node's subnet, so the private subnets limit the cluster. */
function addressProblems(environment: Environment, groups: Groups, cidr: string): Problem[] {
  const subnets = Object.values(planSubnets(cidr, environment.zones).private);
  const available = subnets.reduce((sum, subnet) => sum + usableAddresses(subnet), 0);
  const nodes = Object.values(groups).reduce((sum, { maxSize }) => sum + maxSize, 0);
  const pods = Object.values(groups).reduce((sum, { maxSize, maxPods }) => sum + maxSize * maxPods, 0);
  const needed = nodes + pods + subnets.length * addressesOfOthersByZone;
  if (needed <= available) return [];
  const prefix = smallestPrefixFor(needed);
  return [
    {
      path: ["layers", "vpc", "cidr"],
      message: `is "${cidr}", whose private subnets have ${available} addresses, but ${nodes} nodes, their ${pods} pods and the rest need ${needed}`,
      hint:
        prefix === undefined
          ? "Lower maxSize or maxPods in layers.eks.nodeGroups; no VPC range is large enough"
          : `Choose a /${prefix} or larger, or lower maxSize or maxPods in layers.eks.nodeGroups`,
    },
  ];
}

function serviceRangeProblems(serviceCidr: string, vpcCidrs: readonly string[]): Problem[] {
  const services = new Address4(serviceCidr);
  const taken = vpcCidrs.find((cidr) => {
    const range = new Address4(cidr);
    return range.isInSubnet(services) || services.isInSubnet(range);
  });
  if (taken === undefined) return [];
  return [
    {
      path: ["layers", "eks", "serviceIpv4Cidr"],
      message: `is "${serviceCidr}", which overlaps "${taken}" of the VPC`,
      hint: 'Choose a private range outside the VPC, e.g. "10.100.0.0/16"',
    },
  ];
}
