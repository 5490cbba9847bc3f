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
  loadBalancers: [
    "lb-waf: ~ aws_lb.tinkerbell-load-balancer",
    "lb-waf: ~ aws_lb.vpro-load-balancer",
    "lb-waf: ~ aws_lb_listener.argocd-http",
    "lb-waf: ~ aws_lb_listener.traefik-http",
    "lb-waf: ~ aws_lb_target_group.argocd-targets",
    "lb-waf: ~ aws_lb_target_group.gitea-targets",
    "lb-waf: ~ aws_lb_target_group.tinkerbell-targets",
    "lb-waf: ~ aws_lb_target_group.traefik-grpc-targets",
    "lb-waf: ~ aws_lb_target_group.traefik-targets",
    "lb-waf: ~ aws_lb_target_group.vpro-targets",
    "release-service: ~ aws_lb_target_group.proxy-target-group",
  ],
  lifecycle: "release-service: ~ aws_s3_bucket_lifecycle_configuration.releases-lifecycle",
  // The real provider stores the names of records without the dot at their end, which those of ACM have.
  validation: ["files-rs", "registry-rs"].map(
    (host) => `release-service: -/+ aws_route53_record.validation["${host}.example.edge.example.com"]`,
  ),
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
      "eks: ~ aws_eks_addon.aws-ebs-csi-driver",
      "eks: ~ aws_eks_node_group.observability-us-west-2a-nodes",
      "eks: ~ aws_eks_node_group.observability-us-west-2b-nodes",
      "eks: ~ aws_eks_node_group.observability-us-west-2c-nodes",
      "eks: ~ aws_launch_template.observability-template",
      "network-operations: + aws_vpc_endpoint.endpoint-elasticfilesystem",
      "network-operations: + aws_vpc_endpoint.endpoint-monitoring",
      "network-operations: + aws_vpc_endpoint.endpoint-rds",
      "lb-waf: ~ aws_wafv2_web_acl_logging_configuration.argocd-web-acl-log-configuration",
      "lb-waf: ~ aws_wafv2_web_acl_logging_configuration.traefik-web-acl-log-configuration",
      "network-operations: + aws_vpc_endpoint.endpoint-secretsmanager",
      "release-service: ~ aws_wafv2_web_acl_logging_configuration.web-acl-log-configuration",
      added.bastion,
      ...added.loadBalancers,
      added.lifecycle,
      ...added.validation,
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
