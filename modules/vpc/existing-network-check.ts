import { awsCall, sent } from "../../lib/layer/aws-call";
import type { AwsOperations } from "../../lib/layer/aws-operations";
import { type Hindrance, type Preflight, preflight } from "../../lib/layer/preflight";
import type { ExistingNetwork } from "./network/settings";

/** A VPC as the settings have it, and the account that must own it. */
interface Wanted {
  readonly account: string;
  readonly cidr: string;
  readonly additionalCidrs: readonly string[];
}

/** A subnet that the settings name, and what they say about it. */
interface Named {
  readonly setting: string;
  readonly id: string;
  readonly zone: string;
  readonly cidr?: string;
}

/** A subnet as EC2 describes it. */
type Subnet = NonNullable<AwsOperations["ec2"]["DescribeSubnets"]["output"]["Subnets"]>[number];

/** Checks that the VPC and the subnets of the settings exist, and are what the settings say. */
export function existingNetworkChecks(wanted: Wanted, network: ExistingNetwork): readonly Preflight[] {
  return [vpcCheck(wanted, network), subnetsCheck(network)];
}

// Filters, because EC2 answers with an error if one of several IDs does not exist.
const having = (name: string, values: readonly string[]) => ({
  Filters: [{ Name: name, Values: [...values] }],
});

function vpcCheck({ account, cidr, additionalCidrs }: Wanted, { vpcId }: ExistingNetwork): Preflight {
  return preflight({
    about: `ranges of ${vpcId}`,
    call: awsCall("ec2", "DescribeVpcs", having("vpc-id", [vpcId])),
    actions: ["ec2:DescribeVpcs"],
    verdict: ({ Vpcs }) => {
      const [found] = sent(Vpcs, "Vpcs");
      if (found === undefined) return missing("layers.vpc.network.vpcId", vpcId);
      const { CidrBlock = "", CidrBlockAssociationSet = [], OwnerId = account } = found;
      if (OwnerId !== account) return shared(vpcId, OwnerId);
      const present = new Set(CidrBlockAssociationSet.map((each) => each.CidrBlock));
      const absent = additionalCidrs.filter((range) => !present.has(range));
      return [
        ...differing("layers.vpc.cidr", cidr, CidrBlock),
        ...absent.map((range) => ({
          reason: `layers.vpc.additionalCidrs lists "${range}", which ${vpcId} does not have`,
          cure: `Remove "${range}" from layers.vpc.additionalCidrs in the environment file, or add it to the VPC`,
        })),
      ];
    },
  });
}

function subnetsCheck({ vpcId, zones }: ExistingNetwork): Preflight {
  const named = Object.entries(zones).flatMap(([zone, subnets]) => namedIn(zone, subnets));
  return preflight({
    about: `subnets of ${vpcId}`,
    call: awsCall("ec2", "DescribeSubnets", having("subnet-id", [...new Set(named.map(({ id }) => id))])),
    actions: ["ec2:DescribeSubnets"],
    verdict: ({ Subnets }) => {
      const found = new Map(sent(Subnets, "Subnets").map((subnet) => [subnet.SubnetId, subnet]));
      return named.flatMap((each) => compare(each, found.get(each.id), vpcId));
    },
  });
}

function namedIn(zone: string, subnets: ExistingNetwork["zones"][string]): readonly Named[] {
  const { privateSubnetId, privateCidr, publicSubnetId, loadBalancerSubnetId } = subnets;
  const at = (key: string) => `layers.vpc.network.zones.${zone}.${key}`;
  const optional = (key: string, id: string | undefined) =>
    id === undefined ? [] : [{ setting: at(key), id, zone }];
  return [
    { setting: at("privateSubnetId"), id: privateSubnetId, zone, cidr: privateCidr },
    ...optional("publicSubnetId", publicSubnetId),
    ...optional("loadBalancerSubnetId", loadBalancerSubnetId),
  ];
}

function compare(named: Named, found: Subnet | undefined, vpcId: string): readonly Hindrance[] {
  const { setting, id, zone, cidr } = named;
  if (found === undefined) return [missing(setting, id)];
  const { VpcId = "", AvailabilityZone = "", CidrBlock = "" } = found;
  const elsewhere = [
    ...(VpcId === vpcId ? [] : [VpcId]),
    ...(AvailabilityZone === zone ? [] : [AvailabilityZone]),
  ];
  return [
    ...elsewhere.map((place) => ({
      reason: `${setting} is "${id}", which is in ${place}`,
      cure: `Set ${setting} in the environment file to a subnet of ${vpcId} in ${zone}`,
    })),
    ...(cidr === undefined ? [] : differing(setting.replace(/SubnetId$/, "Cidr"), cidr, CidrBlock)),
  ];
}

/** Participants cannot create what the layers create in a VPC: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html */
function shared(vpcId: string, owner: string): Hindrance {
  return {
    reason: `layers.vpc.network.vpcId is "${vpcId}", which the account ${owner} owns and shares: a VPC that is shared from another account is not supported, because only its owner can create endpoints and flow logs in it`,
    cure: "Set layers.vpc.network.vpcId in the environment file to a VPC of the environment's own account",
  };
}

function missing(setting: string, id: string): Hindrance {
  return {
    reason: `${setting} is "${id}", which this account does not have in the region`,
    cure: `Correct ${setting} in the environment file`,
  };
}

function differing(setting: string, given: string, actual: string): readonly Hindrance[] {
  if (given === actual) return [];
  return [
    {
      reason: `${setting} is "${given}", but AWS has "${actual}"`,
      cure: `Set ${setting} to "${actual}" in the environment file`,
    },
  ];
}
