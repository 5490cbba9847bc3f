import { z } from "zod";
import { usableAddresses } from "../../lib/aws-facts/subnets";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";
import type { InstanceType } from "../../lib/aws-facts/instance-types";
import { type NodeGroup, nodeGroupsOf } from "./node-groups";

/** How many addresses a subnet has and how many are taken, by moment. */
export interface SubnetAddresses {
  /** Layer and resource, e.g. `vpc private-us-west-2a`. */
  readonly name: string;
  readonly cidr: string;
  readonly usable: number;
  readonly used: {
    /** With every group at its desired size. */
    readonly desired: number;
    /** With every group at its maximum and every node full of pods. */
    readonly maximum: number;
    /** The same, while EKS replaces the nodes of every group at once. */
    readonly updating: number;
  };
}

/** What an AWS service keeps in each subnet: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const ofControlPlane = 6;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html, "Subnets". */
const ofLoadBalancer = 8;

const warmth = z.object({
  env: z
    .object({ WARM_IP_TARGET: z.coerce.number().optional(), MINIMUM_IP_TARGET: z.coerce.number().optional() })
    .prefault({}),
});

/** Counts the addresses of every subnet that the environment creates. */
export function countAddresses(synthesised: SynthesisedJson): readonly SubnetAddresses[] {
  const groups = nodeGroupsOf(synthesised);
  const warm = warmAddresses(synthesised);
  return synthesised.of("aws_subnet").map((subnet) => {
    const others = addressesOfOthers(synthesised, subnet);
    const here = groups.filter((group) => reaches(synthesised, group, subnet));
    const held = (size: (group: NodeGroup) => number, pods: (group: NodeGroup) => number) =>
      sum(
        here.map(
          (group) => Math.ceil(size(group) / group.zones) * heldByNode(group.instance, pods(group), warm),
        ),
      );
    const full = (size: (group: NodeGroup) => number) => held(size, ({ maxPods }) => maxPods);
    const maximum = others + full(({ max }) => max);
    // The pods stay as many, so that further nodes hold what is kept ready, and little else.
    const updating =
      maximum +
      held(
        ({ surge }) => surge,
        () => 0,
      );
    const cidr = subnet.texts("cidr_block")[0] ?? "";
    const used = { desired: others + full(({ desired }) => desired), maximum, updating };
    return { name: `${subnet.layer} ${subnet.name}`, cidr, usable: usableAddresses(cidr), used };
  });
}

/** Addresses that one node holds: those of its pods, those kept ready, and each interface's own. */
function heldByNode(instance: InstanceType, pods: number, warm: WarmAddresses): number {
  const { networkInterfaces, addressesByInterface } = instance;
  const forPods = Math.max(pods + (warm.spare ?? addressesByInterface), warm.minimum);
  const interfaces = Math.min(networkInterfaces, Math.ceil(forPods / (addressesByInterface - 1)));
  return Math.min(forPods + interfaces, networkInterfaces * addressesByInterface);
}

/** How many addresses the network plug-in keeps ready on each node. */
interface WarmAddresses {
  /** Undefined: a whole interface's worth, the plug-in's own default. */
  readonly spare: number | undefined;
  readonly minimum: number;
}

function warmAddresses(synthesised: SynthesisedJson): WarmAddresses {
  const [plugin] = synthesised.of("aws_eks_addon").filter((addon) => addon.is("addon_name", "vpc-cni"));
  const { env } = warmth.parse(JSON.parse(plugin?.texts("configuration_values")[0] ?? "{}"));
  return { spare: env.WARM_IP_TARGET, minimum: env.MINIMUM_IP_TARGET ?? 0 };
}

function reaches(synthesised: SynthesisedJson, { name }: NodeGroup, subnet: Resource): boolean {
  const groups = synthesised.referring(subnet, "aws_eks_node_group", "subnet_ids");
  return groups.some((group) => group.name.replace(/-nodes$/, "") === name);
}

/** Everything but nodes that has an address in a subnet. */
function addressesOfOthers(synthesised: SynthesisedJson, subnet: Resource): number {
  const each = (type: string, path: string) => synthesised.referring(subnet, type, path).length;
  return (
    each("aws_instance", "subnet_id") +
    each("aws_nat_gateway", "subnet_id") +
    each("aws_efs_mount_target", "subnet_id") +
    each("aws_vpc_endpoint", "subnet_ids") +
    ofLoadBalancer * (each("aws_lb", "subnets") + each("aws_lb", "subnet_mapping.subnet_id")) +
    ofControlPlane * each("aws_eks_cluster", "vpc_config.subnet_ids") +
    databaseInstances(synthesised, subnet)
  );
}

function databaseInstances(synthesised: SynthesisedJson, subnet: Resource): number {
  if (synthesised.referring(subnet, "aws_db_subnet_group", "subnet_ids").length === 0) return 0;
  const zone = subnet.texts("availability_zone")[0] ?? "";
  return synthesised
    .of("aws_rds_cluster_instance")
    .filter((instance) => instance.is("availability_zone", zone)).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
