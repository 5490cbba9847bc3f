import type { AbandonedKind, Send } from "../../../lib/layer/abandoned";
import { allPages, awsCall, sent } from "../../../lib/layer/aws-call";
import type { Environment } from "../../../lib/layer/environment-schema";
import { isOfCluster, ownerFilters } from "./tags";

/**
 * The VPC CNI plugin names the cluster in this tag:
 * https://github.com/aws/amazon-vpc-cni-k8s/blob/v1.20.4/README.md, "CLUSTER_NAME"
 */
export function networkInterfaces({ name }: Environment): AbandonedKind {
  const Filters = [
    { Name: "tag:cluster.k8s.amazonaws.com/name", Values: [name] },
    { Name: "status", Values: ["available"] },
  ];
  return {
    about: "network interfaces",
    effect: "their subnets and security groups cannot be deleted before",
    actions: ["ec2:DescribeNetworkInterfaces"],
    find: async (send) => {
      const call = awsCall("ec2", "DescribeNetworkInterfaces", { Filters });
      const all = await send(allPages(call, "NetworkInterfaces"));
      return sent(all.NetworkInterfaces, "NetworkInterfaces").map(({ NetworkInterfaceId: id = "" }) => ({
        id,
      }));
    },
    removal: {
      delete: (id, send) => send(awsCall("ec2", "DeleteNetworkInterface", { NetworkInterfaceId: id })),
    },
  };
}

/** Of load balancers, and that of the cluster, where EKS could not delete it. */
export function securityGroups(environment: Environment): AbandonedKind {
  return {
    about: "security groups",
    effect: "their VPC cannot be deleted before",
    actions: ["ec2:DescribeSecurityGroups"],
    find: async (send) => {
      const found = await Promise.all(ownerFilters(environment).map((filter) => groupsWith(send, filter)));
      const own = found.flat().filter(({ Tags }) => isOfCluster(environment, Tags));
      return [...new Set(own.map(({ GroupId = "" }) => GroupId))].map((id) => ({ id }));
    },
    removal: {
      delete: async (id, send) => {
        await closeTo(id, send);
        await send(awsCall("ec2", "DeleteSecurityGroup", { GroupId: id }));
      },
    },
  };
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
