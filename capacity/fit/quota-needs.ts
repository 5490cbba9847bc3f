import type { Environment } from "../../lib/layer/environment-schema";
import type { SynthesisedJson } from "../../synthesis/environment";
import type { Resource } from "../../synthesis/resource";
import { applicationVolumes } from "./application-volumes";
import { describeInstanceType, type InstanceType } from "../../lib/aws-facts/instance-types";
import { nodeGroupsOf } from "./node-groups";
import { type Quota, quotas, vcpuQuota } from "./quotas";

/** How much of a quota an environment needs. */
export interface QuotaNeed {
  readonly quota: Quota;
  readonly needed: number;
  readonly exceeded: boolean;
  /** Shows what the account has; its other environments need their share. */
  readonly show: string;
  /** Asks for what is needed, or, within the default, for as much beside what others use. */
  readonly raise: string;
}

type Place = Pick<Environment, "region" | "partition" | "scaleProfile">;

/** Counts in the synthesised resources what each quota is needed for. */
export function quotaNeeds(synthesised: SynthesisedJson, place: Place): readonly QuotaNeed[] {
  const counted = [
    ...counts(synthesised),
    [quotas.volumeStorage, volumeTebibytes(synthesised, place)] as const,
    ...vcpuNeeds(synthesised),
  ];
  return counted.map(([quota, needed]) => {
    const exceeded = needed > quota.default;
    const desired = exceeded ? needed : quota.default + needed;
    const target = `--region ${regionOf(quota, place)} --service-code ${quota.service} --quota-code ${quota.code}`;
    return {
      quota,
      needed,
      exceeded,
      show: `aws service-quotas get-service-quota ${target}`,
      raise: `aws service-quotas request-service-quota-increase ${target} --desired-value ${desired}`,
    };
  });
}

function counts(synthesised: SynthesisedJson): readonly (readonly [Quota, number])[] {
  const count = (type: string) => synthesised.of(type).length;
  const balancers = (type: string) =>
    synthesised.of("aws_lb").filter((balancer) => balancer.is("load_balancer_type", type)).length;
  return [
    [quotas.elasticIps, count("aws_eip")],
    [quotas.vpcs, count("aws_vpc")],
    [quotas.internetGateways, count("aws_internet_gateway")],
    [quotas.natGatewaysPerZone, mostNatGatewaysInAZone(synthesised)],
    [quotas.interfaceEndpoints, mostEndpointsOfAVpc(synthesised)],
    [quotas.securityGroups, count("aws_security_group")],
    [quotas.rulesPerSecurityGroup, mostRulesOfAGroup(synthesised)],
    [quotas.networkLoadBalancers, balancers("network")],
    [quotas.applicationLoadBalancers, balancers("application")],
    [quotas.targetGroups, count("aws_lb_target_group")],
    [quotas.databaseInstances, count("aws_rds_cluster_instance") + count("aws_db_instance")],
    [quotas.databaseClusters, count("aws_rds_cluster")],
    [quotas.clusters, count("aws_eks_cluster")],
    [quotas.nodeGroups, count("aws_eks_node_group")],
    [quotas.fileSystems, count("aws_efs_file_system")],
    [quotas.buckets, count("aws_s3_bucket")],
    [quotas.roles, count("aws_iam_role")],
    [quotas.hostedZones, count("aws_route53_zone")],
  ];
}

/** The endpoints that cost and count; gateway endpoints do neither. */
export function interfaceEndpoints(synthesised: SynthesisedJson): readonly Resource[] {
  return synthesised
    .of("aws_vpc_endpoint")
    .filter((endpoint) => endpoint.is("vpc_endpoint_type", "Interface"));
}

function mostEndpointsOfAVpc(synthesised: SynthesisedJson): number {
  return most(
    interfaceEndpoints(synthesised).map((endpoint) => {
      const [vpc] = synthesised.targets(endpoint, "vpc_id");
      return vpc === undefined ? endpoint.texts("vpc_id").join() : `${vpc.layer} ${vpc.address}`;
    }),
  );
}

function mostNatGatewaysInAZone(synthesised: SynthesisedJson): number {
  return most(
    synthesised
      .of("aws_nat_gateway")
      .flatMap((gateway) => synthesised.targets(gateway, "subnet_id"))
      .map((subnet) => subnet.texts("availability_zone")[0] ?? ""),
  );
}

/** AWS counts inbound and outbound rules apart. */
function mostRulesOfAGroup(synthesised: SynthesisedJson): number {
  const directions = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];
  return Math.max(
    ...directions.map((type) => most(synthesised.of(type).map((rule) => groupOf(synthesised, rule)))),
  );
}

/** The group of a rule; the one that EKS makes for a cluster is told by the cluster. */
function groupOf(synthesised: SynthesisedJson, rule: Resource): string {
  const [group] = synthesised.targets(rule, "security_group_id");
  return group === undefined ? rule.texts("security_group_id").join() : `${group.layer} ${group.address}`;
}

function most(keys: readonly string[]): number {
  const counted = new Map<string, number>();
  for (const key of keys) counted.set(key, (counted.get(key) ?? 0) + 1);
  return Math.max(0, ...counted.values());
}

/** Virtual CPUs with every group at its maximum and replacing its nodes, for that is when launches fail. */
function vcpuNeeds(synthesised: SynthesisedJson): readonly (readonly [Quota, number])[] {
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
  return [...sums];
}

function add(sums: Map<Quota, number>, { family, vcpus }: InstanceType, count: number): void {
  const quota = vcpuQuota(family);
  sums.set(quota, (sums.get(quota) ?? 0) + count * vcpus);
}

function volumeTebibytes(synthesised: SynthesisedJson, { scaleProfile }: Place): number {
  const roots = nodeGroupsOf(synthesised).map(({ max, surge, diskGiB }) => (max + surge) * diskGiB);
  const { observability, others, sizeGiB } = applicationVolumes[scaleProfile];
  const gibibytes = roots.reduce((sum, root) => sum + root, (observability + others) * sizeGiB);
  return Math.ceil(gibibytes / 1024);
}

function regionOf({ scope }: Quota, { region, partition }: Place): string {
  if (scope === "region") return region;
  return { aws: "us-east-1", "aws-us-gov": "us-gov-west-1", "aws-cn": "cn-north-1" }[partition];
}
