import { describeInstanceType, type InstanceType } from "../../lib/aws-facts/instance-types";
import { leastUnreservedExecutions } from "../../lib/aws-facts/lambda-concurrency";
import type { ScaleProfile } from "../../lib/layer/environment-schema";
import type { Quota } from "../../lib/layer/quotas";
import type { SynthesisedJson } from "../../synthesis/environment";
import { applicationVolumes } from "./application-volumes";
import { mostLogResourcePoliciesInARegion } from "./log-resource-policies";
import { mostEndpointsOfAVpc, mostNatGatewaysInAZone, mostRulesOfAGroup } from "./most";
import { nodeGroupsOf } from "./node-groups";
import { quotas, vcpuQuota } from "./quotas";
import { mostRangesOfAVpc, mostRulesOfANetworkAcl } from "./vpc-limits";

/** What is needed of one quota, and of which types it was counted. */
export interface QuotaCount {
  readonly quota: Quota;
  readonly types: readonly string[];
  readonly needed: number;
}

/** Counts in the synthesised resources what the shared table knows of. */
export function countQuotas(synthesised: SynthesisedJson, scaleProfile: ScaleProfile): readonly QuotaCount[] {
  return [
    ...countTypes(synthesised),
    {
      quota: quotas.volumeStorage,
      types: ["aws_eks_node_group"],
      needed: volumeTebibytes(synthesised, scaleProfile),
    },
    { quota: quotas.concurrentExecutions, types: ["aws_lambda_function"], needed: executions(synthesised) },
    ...vcpuNeeds(synthesised),
  ];
}

function executions(synthesised: SynthesisedJson): number {
  const reserved = synthesised
    .of("aws_lambda_function")
    .flatMap((lambda) => lambda.texts("reserved_concurrent_executions"));
  return reserved.length === 0
    ? 0
    : reserved.reduce((sum, text) => sum + Number(text), leastUnreservedExecutions);
}

function countTypes(synthesised: SynthesisedJson): readonly QuotaCount[] {
  const each = (quota: Quota, ...types: readonly string[]): QuotaCount => ({
    quota,
    types,
    needed: synthesised.of(...types).length,
  });
  const balancers = (quota: Quota, kind: string): QuotaCount => ({
    quota,
    types: ["aws_lb"],
    needed: synthesised.of("aws_lb").filter((balancer) => balancer.is("load_balancer_type", kind)).length,
  });
  return [
    each(quotas.elasticIps, "aws_eip"),
    each(quotas.vpcs, "aws_vpc"),
    each(quotas.internetGateways, "aws_internet_gateway"),
    ...countByVpc(synthesised),
    each(quotas.securityGroups, "aws_security_group"),
    { quota: quotas.rulesPerSecurityGroup, ...mostRulesOfAGroup(synthesised) },
    {
      quota: quotas.securityGroupsPerInterface,
      types: ["aws_lb"],
      // Each network interface of a load balancer is in all of its security groups.
      needed: Math.max(
        0,
        ...synthesised.of("aws_lb").map((balancer) => balancer.values("security_groups").length),
      ),
    },
    balancers(quotas.networkLoadBalancers, "network"),
    balancers(quotas.applicationLoadBalancers, "application"),
    each(quotas.targetGroups, "aws_lb_target_group"),
    each(quotas.databaseInstances, "aws_rds_cluster_instance", "aws_db_instance"),
    each(quotas.databaseClusters, "aws_rds_cluster"),
    each(quotas.clusters, "aws_eks_cluster"),
    each(quotas.nodeGroups, "aws_eks_node_group"),
    each(quotas.fileSystems, "aws_efs_file_system"),
    each(quotas.buckets, "aws_s3_bucket"),
    each(quotas.roles, "aws_iam_role"),
    each(quotas.hostedZones, "aws_route53_zone"),
    {
      quota: quotas.logResourcePolicies,
      types: ["aws_cloudwatch_log_resource_policy"],
      needed: mostLogResourcePoliciesInARegion(synthesised),
    },
  ];
}

/** What AWS limits in each VPC or zone, as the one with the most needs it. */
function countByVpc(synthesised: SynthesisedJson): readonly QuotaCount[] {
  return [
    {
      quota: quotas.rangesPerVpc,
      types: ["aws_vpc", "aws_vpc_ipv4_cidr_block_association"],
      needed: mostRangesOfAVpc(synthesised),
    },
    {
      quota: quotas.rulesPerNetworkAcl,
      types: ["aws_default_network_acl", "aws_network_acl"],
      needed: mostRulesOfANetworkAcl(synthesised),
    },
    {
      quota: quotas.natGatewaysPerZone,
      types: ["aws_nat_gateway"],
      needed: mostNatGatewaysInAZone(synthesised),
    },
    {
      quota: quotas.interfaceEndpoints,
      types: ["aws_vpc_endpoint"],
      needed: mostEndpointsOfAVpc(synthesised),
    },
  ];
}

/** Virtual CPUs with every group at its maximum and replacing its nodes, for that is when launches fail. */
function vcpuNeeds(synthesised: SynthesisedJson): readonly QuotaCount[] {
  const nodes = nodeGroupsOf(synthesised).map(({ instance, max, surge }) => ({
    instance,
    count: max + surge,
  }));
  const single = synthesised
    .of("aws_instance")
    .flatMap((resource) => describeInstanceType(resource.texts("instance_type")[0] ?? "") ?? [])
    .map((instance) => ({ instance, count: 1 }));
  const sums = new Map<Quota, number>();
  for (const { instance, count } of [...nodes, ...single]) add(sums, instance, count);
  const types = ["aws_eks_node_group", "aws_instance"];
  return [...sums].map(([quota, needed]) => ({ quota, types, needed }));
}

function add(sums: Map<Quota, number>, { family, vcpus }: InstanceType, count: number): void {
  const quota = vcpuQuota(family);
  sums.set(quota, (sums.get(quota) ?? 0) + count * vcpus);
}

function volumeTebibytes(synthesised: SynthesisedJson, scaleProfile: ScaleProfile): number {
  const roots = nodeGroupsOf(synthesised).map(({ max, surge, diskGiB }) => (max + surge) * diskGiB);
  const { observability, others, sizeGiB } = applicationVolumes[scaleProfile];
  const gibibytes = roots.reduce((sum, root) => sum + root, (observability + others) * sizeGiB);
  return Math.ceil(gibibytes / 1024);
}
