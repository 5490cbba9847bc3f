import { allPages, awsCall, sent } from "../layer/aws-call";
import { type Obstacle, obstacle } from "../layer/obstacle";

/**
 * The VPC CNI plugin detaches network interfaces of a node before it deletes them; a node that ends in between leaves them
 * behind, and their security group and subnet cannot be deleted. The plugin itself recognises them by this tag and status:
 * https://github.com/aws/amazon-vpc-cni-k8s/pull/624, https://github.com/aws/amazon-vpc-cni-k8s/issues/1223
 */
export function nodeInterfaceObstacles(securityGroupIds: readonly string[]): readonly Obstacle[] {
  if (securityGroupIds.length === 0) return [];
  const Filters = [
    { Name: "group-id", Values: [...securityGroupIds] },
    { Name: "status", Values: ["available"] },
    { Name: "tag-key", Values: ["node.k8s.amazonaws.com/instance_id"] },
  ];
  return [
    obstacle({
      about: "network interfaces of nodes that no longer exist",
      call: allPages(awsCall("ec2", "DescribeNetworkInterfaces", { Filters }), "NetworkInterfaces"),
      actions: ["ec2:DescribeNetworkInterfaces"],
      present: ({ NetworkInterfaces }) =>
        sent(NetworkInterfaces, "NetworkInterfaces").map(({ NetworkInterfaceId = "" }) => ({
          id: NetworkInterfaceId,
        })),
      delete: (id) => awsCall("ec2", "DeleteNetworkInterface", { NetworkInterfaceId: id }),
    }),
  ];
}
