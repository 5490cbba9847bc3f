import type { AbandonedKind, Send } from "../../../lib/layer/abandoned";
import { allPages, awsCall, sent } from "../../../lib/layer/aws-call";
import type { Cluster } from "./cluster";
import { objectIn } from "./foreign";
import { isOfCluster, ownerFilters } from "./tags";

/** Of load balancers, and that of the cluster, where EKS could not delete it. */
export function securityGroups({ environment, vpcId: own }: Cluster): AbandonedKind {
  return {
    about: "security groups",
    effect: "their VPC cannot be deleted before",
    actions: ["ec2:DescribeSecurityGroups", "ec2:DescribeNetworkInterfaces"],
    find: async (send) => {
      const found = await Promise.all(ownerFilters(environment).map((filter) => groupsWith(send, filter)));
      const groups = new Map(found.flat().map((group) => [group.GroupId, group]));
      return [...groups.values()]
        .filter(({ Tags }) => isOfCluster(environment, Tags))
        .map(({ GroupId: id = "", Tags: tags, VpcId: vpcId }) => objectIn(own, { id, tags, vpcId }));
    },
    removal: {
      delete: async (id, send) => {
        // What uses it would lose traffic to others, and keeps it.
        if (await isUsed(id, send)) return;
        await closeTo(id, send);
        await send(awsCall("ec2", "DeleteSecurityGroup", { GroupId: id }));
      },
    },
  };
}

async function isUsed(id: string, send: Send): Promise<boolean> {
  const Filters = [{ Name: "group-id", Values: [id] }];
  const { NetworkInterfaces } = await send(awsCall("ec2", "DescribeNetworkInterfaces", { Filters }));
  return sent(NetworkInterfaces, "NetworkInterfaces").length > 0;
}

/** Revokes the rules of other groups that refer to this one, as the controllers added them: until then it is in use. */
async function closeTo(id: string, send: Send): Promise<void> {
  const referring = { Name: "ip-permission.group-id", Values: [id] };
  for (const { GroupId, IpPermissions } of await groupsWith(send, referring))
    if (GroupId !== id)
      await send(
        awsCall("ec2", "RevokeSecurityGroupIngress", { GroupId, IpPermissions: rulesOf(id, IpPermissions) }),
      );
  const sending = { Name: "egress.ip-permission.group-id", Values: [id] };
  for (const { GroupId, IpPermissionsEgress } of await groupsWith(send, sending))
    if (GroupId !== id)
      await send(
        awsCall("ec2", "RevokeSecurityGroupEgress", {
          GroupId,
          IpPermissions: rulesOf(id, IpPermissionsEgress),
        }),
      );
}

interface Rule {
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly UserIdGroupPairs?: readonly { readonly GroupId?: string | undefined }[] | undefined;
}

/** Without what a rule allows from elsewhere. */
function rulesOf(id: string, rules: readonly Rule[] = []) {
  return rules
    .filter(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.some(({ GroupId }) => GroupId === id))
    .map(({ IpProtocol, FromPort, ToPort }) => ({
      ...{ IpProtocol, FromPort, ToPort },
      UserIdGroupPairs: [{ GroupId: id }],
    }));
}

async function groupsWith(send: Send, filter: { readonly Name: string; readonly Values: string[] }) {
  const call = awsCall("ec2", "DescribeSecurityGroups", { Filters: [filter] });
  return sent((await send(allPages(call, "SecurityGroups"))).SecurityGroups, "SecurityGroups");
}
