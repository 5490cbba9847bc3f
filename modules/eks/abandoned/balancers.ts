import type { AbandonedKind, Send } from "../../../lib/layer/abandoned";
import { allPages, awsCall, sent } from "../../../lib/layer/aws-call";
import type { Environment } from "../../../lib/layer/environment-schema";
import { isOfCluster, ownerTags } from "./tags";

const service = "elastic-load-balancing-v2";
/** What one request takes: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html */
const mostArns = 20;

/** Of Services and Ingresses. */
export function loadBalancers(environment: Environment): AbandonedKind {
  return {
    about: "load balancers",
    effect: "about 16 USD a month each, and their subnets and VPC cannot be deleted before",
    actions: ["elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags"],
    find: async (send) => {
      const all = await send(allPages(awsCall(service, "DescribeLoadBalancers", {}), "LoadBalancers"));
      const arns = sent(all.LoadBalancers, "LoadBalancers").map(
        ({ LoadBalancerArn = "" }) => LoadBalancerArn,
      );
      return tagged(environment, arns, send);
    },
    removal: {
      delete: (arn, send) => send(awsCall(service, "DeleteLoadBalancer", { LoadBalancerArn: arn })),
    },
  };
}

/** Where those sent their requests. */
export function targetGroups(environment: Environment): AbandonedKind {
  return {
    about: "target groups",
    effect: "they count against the quota of the region",
    actions: ["elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTags"],
    find: async (send) => {
      const all = await send(allPages(awsCall(service, "DescribeTargetGroups", {}), "TargetGroups"));
      const arns = sent(all.TargetGroups, "TargetGroups").map(({ TargetGroupArn = "" }) => TargetGroupArn);
      return tagged(environment, arns, send);
    },
    removal: { delete: (arn, send) => send(awsCall(service, "DeleteTargetGroup", { TargetGroupArn: arn })) },
  };
}

/**
 * Kubernetes' own cloud provider creates these where no other controller takes a Service. They exist as long as they have network
 * interfaces; the list by tags has them for an hour longer.
 */
export function classicBalancers(environment: Environment): AbandonedKind {
  const { region } = environment;
  const [[Key, Value] = ["", ""]] = ownerTags(environment);
  return {
    about: "classic load balancers",
    effect: "about 18 USD a month each, and their subnets and VPC cannot be deleted before",
    actions: ["tag:GetResources", "ec2:DescribeNetworkInterfaces"],
    find: async (send) => {
      const listed = awsCall("resource-groups-tagging-api", "GetResources", {
        TagFilters: [{ Key, Values: [Value] }],
        ResourceTypeFilters: ["elasticloadbalancing:loadbalancer"],
      });
      const all = (await send(allPages(listed, "ResourceTagMappingList"))).ResourceTagMappingList ?? [];
      const names = all.flatMap(
        ({ ResourceARN = "" }) => /:loadbalancer\/([^/]+)$/.exec(ResourceARN)?.[1] ?? [],
      );
      if (names.length === 0) return [];
      const Filters = [{ Name: "description", Values: names.map((name) => `ELB ${name}`) }];
      const interfaces = awsCall("ec2", "DescribeNetworkInterfaces", { Filters });
      const { NetworkInterfaces = [] } = await send(allPages(interfaces, "NetworkInterfaces"));
      const used = NetworkInterfaces.map(({ Description = "" }) => Description);
      return names.filter((name) => used.includes(`ELB ${name}`)).map((id) => ({ id }));
    },
    removal: {
      command: (name) => `aws elb delete-load-balancer --load-balancer-name ${name} --region ${region}`,
    },
  };
}

async function tagged(environment: Environment, arns: readonly string[], send: Send) {
  const found: { readonly id: string }[] = [];
  for (let start = 0; start < arns.length; start += mostArns) {
    const ResourceArns = arns.slice(start, start + mostArns);
    const { TagDescriptions } = await send(awsCall(service, "DescribeTags", { ResourceArns }));
    for (const { ResourceArn = "", Tags } of sent(TagDescriptions, "TagDescriptions"))
      if (isOfCluster(environment, Tags)) found.push({ id: ResourceArn });
  }
  return found;
}
