import type { ScaleProfile } from "../../../lib/layer/environment-schema";

/** What it takes to grow to a profile from the one before. */
interface Growth {
  /** Changes as the real AWS provider plans them. */
  readonly changes: readonly string[];
  /** Node groups that must have more nodes before. */
  readonly raised: readonly string[];
}

/** The alarm on a node group with room to grow, and the launch template and node groups that follow its new version. */
const simulatedRule = "eks: ~ aws_cloudwatch_event_rule.log-rescue-rule";

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
      simulatedRule,
    ],
    raised: [],
  },
  "500en": { changes: [], raised: ["observability-us-west-2b"] },
  "1ken": { changes: [], raised: ["observability-us-west-2c"] },
  "10ken": { changes: [], raised: ["main-us-west-2a", "main-us-west-2b"] },
};
