import { awsCall } from "../../layer/aws-call";
import { health, type HealthByType } from "../../layer/health";

const kubernetes = { healthy: ["ACTIVE"], busy: ["CREATING", "PENDING", "UPDATING"] } as const;

/** Terraform joins both names with a colon. */
function named(id: string): { readonly clusterName: string; readonly name: string } {
  const [clusterName = "", name = ""] = id.split(":");
  return { clusterName, name };
}

/** Clusters and what runs. */
export const computeHealth: HealthByType = {
  aws_eks_addon: health({
    action: "eks:DescribeAddon",
    call: (id) => {
      const { clusterName, name } = named(id);
      return awsCall("eks", "DescribeAddon", { clusterName, addonName: name });
    },
    state: ({ addon }) => addon?.status,
    ...kubernetes,
  }),
  aws_eks_cluster: health({
    action: "eks:DescribeCluster",
    call: (id) => awsCall("eks", "DescribeCluster", { name: id }),
    state: ({ cluster }) => cluster?.status,
    ...kubernetes,
  }),
  aws_eks_node_group: health({
    action: "eks:DescribeNodegroup",
    call: (id) => {
      const { clusterName, name } = named(id);
      return awsCall("eks", "DescribeNodegroup", { clusterName, nodegroupName: name });
    },
    state: ({ nodegroup }) => nodegroup?.status,
    ...kubernetes,
  }),
  aws_instance: health({
    action: "ec2:DescribeInstances",
    call: (id) => awsCall("ec2", "DescribeInstances", { InstanceIds: [id] }),
    state: ({ Reservations }) => Reservations?.[0]?.Instances?.[0]?.State?.Name,
    healthy: ["running"],
    busy: ["pending"],
  }),
  aws_lambda_function: health({
    action: "lambda:GetFunction",
    call: (id) => awsCall("lambda", "GetFunction", { FunctionName: id }),
    state: ({ Configuration }) => Configuration?.State,
    // Nobody called it for weeks; the next call wakes it.
    healthy: ["Active", "Inactive"],
    busy: ["Pending"],
  }),
};
