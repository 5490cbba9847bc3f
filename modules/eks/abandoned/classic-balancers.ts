import type { AbandonedKind } from "../../../lib/layer/abandoned";
import { allPages, awsCall } from "../../../lib/layer/aws-call";
import type { Cluster } from "./cluster";
import { objectIn } from "./foreign";
import { ownerTags } from "./tags";

/**
 * Kubernetes' own cloud provider creates these where no other controller takes a Service. They exist as long as they have network
 * interfaces; the list by tags has them for an hour longer.
 */
export function classicBalancers({ environment, vpcId: own }: Cluster): AbandonedKind {
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
      const named = all.flatMap(({ ResourceARN = "", Tags }) => {
        const name = /:loadbalancer\/([^/]+)$/.exec(ResourceARN)?.[1];
        return name === undefined ? [] : [[name, Tags] as const];
      });
      if (named.length === 0) return [];
      const Filters = [{ Name: "description", Values: named.map(([name]) => `ELB ${name}`) }];
      const interfaces = awsCall("ec2", "DescribeNetworkInterfaces", { Filters });
      const { NetworkInterfaces = [] } = await send(allPages(interfaces, "NetworkInterfaces"));
      const vpcs = new Map(NetworkInterfaces.map(({ Description = "", VpcId }) => [Description, VpcId]));
      return named
        .filter(([id]) => vpcs.has(`ELB ${id}`))
        .map(([id, tags]) => objectIn(own, { id, tags, vpcId: vpcs.get(`ELB ${id}`) }));
    },
    removal: {
      command: (name) => `aws elb delete-load-balancer --load-balancer-name ${name} --region ${region}`,
    },
  };
}
