import type { z } from "zod";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Problem } from "../../lib/layer/layer";
import { problemsOf } from "../../lib/layer/waiting-rules";
import { smallestPrefixFor, usableAddresses } from "../../lib/aws-facts/subnets";
import { privateRanges, type vpc } from "../vpc/layer";
import { addonRoleProblems } from "./cluster/addon-role-checks";
import { egressProblems } from "./cluster/egress-checks";
import { nodeProblems } from "./nodes/checks";
import { nodePolicyProblems } from "./nodes/policy-checks";
import { serviceRangeProblems } from "./service-range-check";
import type { Settings } from "./settings";
import { zoneGroups } from "./nodes/zone-groups";

type EksSettings = z.output<typeof Settings>;
type Groups = EksSettings["nodeGroups"];

/** Inputs of the check. */
interface CheckInputs {
  readonly environment: Environment;
  readonly settings: EksSettings;
  readonly needs: { readonly vpc: z.output<typeof vpc.settings> };
}

/** Addresses of endpoints, mount targets, database, control plane, and surge nodes during an update. */
const addressesOfOthersByZone = 32;

/** Reports invalid combinations of the cluster's settings. */
export function checkCluster({ environment, settings, needs }: CheckInputs): readonly Problem[] {
  return problemsOf(
    () => sizeProblems(settings.nodeGroups),
    () => zoneProblems(settings.nodeGroups, environment.zones.length),
    () => sameNameProblems(settings.nodeGroups, environment.zones),
    () => schedulingProblems(settings.nodeGroups),
    () => nodeProblems(settings),
    () => egressProblems(settings.additionalEgress),
    () => nodePolicyProblems(environment, settings.nodes.additionalPolicyArns),
    () => addonRoleProblems(environment, settings.podIdentity),
    () => addressProblems(environment, settings.nodeGroups, needs.vpc),
    () => serviceRangeProblems(settings.serviceIpv4Cidr, needs.vpc),
  );
}

function sizeProblems(groups: Groups): Problem[] {
  return Object.entries(groups).flatMap(([name, { minSize, desiredSize, maxSize }]) => {
    if (minSize <= desiredSize && desiredSize <= maxSize) return [];
    return [
      {
        path: ["layers", "eks", "nodeGroups", name],
        message: `has minSize ${minSize}, desiredSize ${desiredSize} and maxSize ${maxSize}, which are not in ascending order`,
        hint: "Set minSize <= desiredSize <= maxSize",
      },
    ];
  });
}

function zoneProblems(groups: Groups, zones: number): Problem[] {
  return Object.entries(groups).flatMap(([name, { perZone, maxSize }]) => {
    if (!perZone || maxSize >= zones) return [];
    return [
      {
        path: ["layers", "eks", "nodeGroups", name, "maxSize"],
        message: `is ${maxSize}, but the group is split over ${zones} zones, each of which needs at least one node`,
        hint: `Set maxSize to at least ${zones}, or perZone to false`,
      },
    ];
  });
}

/** A group per zone has the zone in its name, which another group can have as well. */
function sameNameProblems(groups: Groups, zones: readonly string[]): Problem[] {
  const parts = Object.entries(groups).flatMap(([name, group]) =>
    zoneGroups({ ...group, name }, zones).map((part) => ({ name, physical: part.name })),
  );
  return parts.flatMap(({ name, physical }, index) => {
    const first = parts.findIndex((other) => other.physical === physical);
    if (first === index) return [];
    return [
      {
        path: ["layers", "eks", "nodeGroups", name],
        message: `results in a node group "${physical}", as does "${parts[first]?.name}"`,
        hint: "Rename one of the groups, without a zone at the end of its name",
      },
    ];
  });
}

function schedulingProblems(groups: Groups): Problem[] {
  // Pods run on nodes with PREFER_NO_SCHEDULE when there are no others.
  const open = Object.values(groups).filter(
    ({ taints, desiredSize }) =>
      desiredSize > 0 && taints.every(({ effect }) => effect === "PREFER_NO_SCHEDULE"),
  );
  if (open.length > 0) return [];
  return [
    {
      path: ["layers", "eks", "nodeGroups"],
      message: "has no group with nodes and without taints, so most pods could not be scheduled",
      hint: 'Set desiredSize of the "main" group to at least 1, and remove its taints',
    },
  ];
}

/** Every pod uses an IP address of its node's subnet, so the private subnets limit the number of pods per zone. */
function addressProblems(
  { zones }: Environment,
  groups: Groups,
  vpc: CheckInputs["needs"]["vpc"],
): Problem[] {
  const ranges = Object.values(privateRanges(vpc, zones));
  const available = Math.min(...ranges.map(usableAddresses));
  const { nodes, pods } = fullest(groups, zones);
  const needed = nodes + pods + addressesOfOthersByZone;
  if (needed <= available) return [];
  const need = `${nodes} nodes in one zone, their ${pods} pods and other resources need ${needed}`;
  if (vpc.network.source === "existing") return [smallSubnet(available, need)];
  const prefix = smallestPrefixFor(needed * zones.length);
  return [
    {
      path: ["layers", "vpc", "cidr"],
      message: `is "${vpc.cidr}", whose private subnets have ${available} addresses each, but ${need}`,
      hint:
        prefix === undefined
          ? "Decrease maxSize or maxPods in layers.eks.nodeGroups; no VPC range is large enough"
          : `Choose a /${prefix} or larger, or decrease maxSize or maxPods in layers.eks.nodeGroups`,
    },
  ];
}

function smallSubnet(available: number, need: string): Problem {
  return {
    path: ["layers", "vpc", "network", "zones"],
    message: `has a private subnet with ${available} addresses, but ${need}`,
    hint: "Specify larger private subnets, or decrease maxSize or maxPods in layers.eks.nodeGroups",
  };
}

/** Nodes and pods in the fullest zone, with every group at maxSize; EC2 balances groups that span zones. */
function fullest(groups: Groups, zones: readonly string[]) {
  const filled = zones.map((zone) => {
    const parts = Object.entries(groups).map(([name, group]) => {
      const here = zoneGroups({ ...group, name }, zones).filter((part) => part.zones.includes(zone));
      const nodes = here.reduce((sum, part) => sum + Math.ceil(part.maxSize / part.zones.length), 0);
      return { nodes, pods: nodes * group.maxPods };
    });
    const sum = (what: "nodes" | "pods") => parts.reduce((total, part) => total + part[what], 0);
    return { nodes: sum("nodes"), pods: sum("pods") };
  });
  return filled.reduce((most, zone) => (zone.nodes + zone.pods > most.nodes + most.pods ? zone : most));
}
