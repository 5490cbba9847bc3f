import type { ScaleProfile } from "../../../lib/layer/environment-schema";

/** What it takes to grow to a profile from the one before. */
interface Growth {
  /** Changes as the real AWS provider plans them. */
  readonly changes: readonly string[];
  /** Node groups whose desired size the plan raises, because it would be below the new minimum. */
  readonly raised: readonly string[];
}

/** Not of the profile: simulated states lack values that the real provider adds by itself, and would add now. */
const added = {
  rule: "eks: ~ aws_cloudwatch_event_rule.log-rescue-rule",
  bastion: "network-operations: ~ aws_instance.bastion",
};

export const growth: Readonly<Record<ScaleProfile, Growth>> = {
  default: { changes: [], raised: [] },
  "100en": {
    changes: [
      "aurora: + aws_cloudwatch_metric_alarm.database-replica-lag-alarm",
      "aurora: + aws_rds_cluster_instance.instance-us-west-2b",
      "aurora: ~ aws_db_event_subscription.db-instance-events",
      "eks: - aws_cloudwatch_metric_alarm.observability-us-west-2a-nodes-at-maximum-alarm",
      "eks: ~ aws_eks_node_group.main-us-west-2a-nodes",
      "eks: ~ aws_eks_node_group.main-us-west-2b-nodes",
      "eks: ~ aws_eks_node_group.main-us-west-2c-nodes",
      "eks: ~ aws_eks_node_group.observability-us-west-2a-nodes",
      "eks: ~ aws_eks_node_group.observability-us-west-2b-nodes",
      "eks: ~ aws_eks_node_group.observability-us-west-2c-nodes",
      "eks: ~ aws_launch_template.main-template",
      "eks: ~ aws_launch_template.observability-template",
      added.rule,
    ],
    raised: [],
  },
  "500en": {
    changes: [
      "aurora: ~ aws_cloudwatch_metric_alarm.database-connections-alarm",
      "aurora: ~ aws_rds_cluster.cluster",
      "eks: + aws_cloudwatch_metric_alarm.observability-us-west-2a-nodes-at-maximum-alarm",
      added.rule,
      "eks: ~ aws_cloudwatch_metric_alarm.observability-us-west-2b-nodes-at-maximum-alarm",
      "eks: ~ aws_cloudwatch_metric_alarm.observability-us-west-2c-nodes-at-maximum-alarm",
      "eks: ~ aws_eks_node_group.observability-us-west-2a-nodes",
      "eks: ~ aws_eks_node_group.observability-us-west-2b-nodes",
      "eks: ~ aws_eks_node_group.observability-us-west-2c-nodes",
      "eks: ~ aws_launch_template.observability-template",
      "network-operations: + aws_vpc_endpoint.endpoint-elasticfilesystem",
      "network-operations: + aws_vpc_endpoint.endpoint-monitoring",
      "network-operations: + aws_vpc_endpoint.endpoint-rds",
      "network-operations: + aws_vpc_endpoint.endpoint-secretsmanager",
      added.bastion,
    ],
    raised: ["observability-us-west-2b-nodes 0 -> 1 (1 to 2)"],
  },
  "1ken": {
    changes: [
      "aurora: ~ aws_cloudwatch_metric_alarm.database-connections-alarm",
      "aurora: ~ aws_rds_cluster.cluster",
      added.rule,
      "eks: ~ aws_eks_node_group.main-us-west-2a-nodes",
      "eks: ~ aws_eks_node_group.main-us-west-2b-nodes",
      "eks: ~ aws_eks_node_group.main-us-west-2c-nodes",
      "eks: ~ aws_eks_node_group.observability-us-west-2c-nodes",
      "eks: ~ aws_launch_template.main-template",
    ],
    raised: ["observability-us-west-2c-nodes 0 -> 1 (1 to 2)"],
  },
  "10ken": {
    changes: [
      "aurora: + aws_rds_cluster_instance.instance-us-west-2c",
      "aurora: ~ aws_cloudwatch_metric_alarm.database-connections-alarm",
      "aurora: ~ aws_db_event_subscription.db-instance-events",
      "aurora: ~ aws_rds_cluster.cluster",
      added.rule,
      "eks: ~ aws_cloudwatch_metric_alarm.main-us-west-2a-nodes-at-maximum-alarm",
      "eks: ~ aws_cloudwatch_metric_alarm.main-us-west-2b-nodes-at-maximum-alarm",
      "eks: ~ aws_eks_node_group.main-us-west-2a-nodes",
      "eks: ~ aws_eks_node_group.main-us-west-2b-nodes",
      "eks: ~ aws_eks_node_group.observability-us-west-2a-nodes",
      "eks: ~ aws_eks_node_group.observability-us-west-2b-nodes",
      "eks: ~ aws_eks_node_group.observability-us-west-2c-nodes",
      "eks: ~ aws_launch_template.observability-template",
    ],
    raised: ["main-us-west-2a-nodes 1 -> 2 (2 to 3)", "main-us-west-2b-nodes 1 -> 2 (2 to 3)"],
  },
};
