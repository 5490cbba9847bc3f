import type { AbandonedKind, AbandonedObject, Send } from "../../../lib/layer/abandoned";
import { allPages, awsCall, sent } from "../../../lib/layer/aws-call";
import type { Cluster } from "./cluster";
import { objectIn } from "./foreign";
import { isOfCluster, type TagList } from "./tags";

const service = "elastic-load-balancing-v2";
/** What one request takes: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html */
const mostArns = 20;
/** Then it answers for none of them. */
const vanished = /^(LoadBalancer|TargetGroup)NotFound/;

/** Of Services and Ingresses. */
export function loadBalancers(cluster: Cluster): AbandonedKind {
  return {
    about: "load balancers",
    effect: "about 16 USD a month each, and their subnets and VPC cannot be deleted before",
    actions: ["elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags"],
    find: async (send) => {
      const all = await send(allPages(awsCall(service, "DescribeLoadBalancers", {}), "LoadBalancers"));
      const listed = sent(all.LoadBalancers, "LoadBalancers");
      return tagged(
        cluster,
        new Map(listed.map(({ LoadBalancerArn = "", VpcId }) => [LoadBalancerArn, VpcId])),
        send,
      );
    },
    removal: {
      delete: (arn, send) => send(awsCall(service, "DeleteLoadBalancer", { LoadBalancerArn: arn })),
    },
  };
}

/** Where those sent their requests. */
export function targetGroups(cluster: Cluster): AbandonedKind {
  return {
    about: "target groups",
    effect: "they count against the quota of the region",
    actions: ["elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTags"],
    find: async (send) => {
      const all = await send(allPages(awsCall(service, "DescribeTargetGroups", {}), "TargetGroups"));
      const listed = sent(all.TargetGroups, "TargetGroups");
      return tagged(
        cluster,
        new Map(listed.map(({ TargetGroupArn = "", VpcId }) => [TargetGroupArn, VpcId])),
        send,
      );
    },
    removal: { delete: (arn, send) => send(awsCall(service, "DeleteTargetGroup", { TargetGroupArn: arn })) },
  };
}

/** Those with the tags of the cluster, of all with their VPCs by ARN. */
async function tagged(
  { environment, vpcId: own }: Cluster,
  vpcs: ReadonlyMap<string, string | undefined>,
  send: Send,
): Promise<readonly AbandonedObject[]> {
  const arns = [...vpcs.keys()];
  const found: AbandonedObject[] = [];
  for (let start = 0; start < arns.length; start += mostArns)
    for (const [id, tags] of await tagsOf(arns.slice(start, start + mostArns), send))
      if (isOfCluster(environment, tags)) found.push(objectIn(own, { id, tags, vpcId: vpcs.get(id) }));
  return found;
}

/** Asks for each alone where one of them has vanished since they were listed. */
async function tagsOf(
  ResourceArns: string[],
  send: Send,
): Promise<readonly (readonly [arn: string, tags: TagList])[]> {
  const answer = await send(awsCall(service, "DescribeTags", { ResourceArns }), vanished);
  if (answer !== undefined)
    return sent(answer.TagDescriptions, "TagDescriptions").map(
      ({ ResourceArn = "", Tags }) => [ResourceArn, Tags] as const,
    );
  const found: (readonly [string, TagList])[] = [];
  if (ResourceArns.length > 1) for (const arn of ResourceArns) found.push(...(await tagsOf([arn], send)));
  return found;
}
