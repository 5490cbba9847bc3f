import type { AbandonedKind } from "../../../lib/layer/abandoned";
import { allPages, awsCall, sent } from "../../../lib/layer/aws-call";
import type { Cluster } from "./cluster";
import { objectIn } from "./foreign";

/**
 * The VPC CNI plugin names the cluster in this tag:
 * https://github.com/aws/amazon-vpc-cni-k8s/blob/v1.20.4/README.md, "CLUSTER_NAME"
 */
export function networkInterfaces({ environment, vpcId: own }: Cluster): AbandonedKind {
  const Filters = [
    { Name: "tag:cluster.k8s.amazonaws.com/name", Values: [environment.name] },
    { Name: "status", Values: ["available"] },
  ];
  return {
    about: "network interfaces",
    effect: "their subnets and security groups cannot be deleted before",
    actions: ["ec2:DescribeNetworkInterfaces"],
    find: async (send) => {
      const call = awsCall("ec2", "DescribeNetworkInterfaces", { Filters });
      const all = await send(allPages(call, "NetworkInterfaces"));
      return sent(all.NetworkInterfaces, "NetworkInterfaces").map(
        ({ NetworkInterfaceId: id = "", TagSet: tags, VpcId: vpcId }) => objectIn(own, { id, tags, vpcId }),
      );
    },
    removal: {
      delete: (id, send) => send(awsCall("ec2", "DeleteNetworkInterface", { NetworkInterfaceId: id })),
    },
  };
}
