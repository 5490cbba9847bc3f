import type { Difference } from "./plan-difference";

const nested =
  "a default inside a block: the schema does not tell it, and the simulated provider learned the defaults of top-level arguments only";
const framework =
  "the real provider plans nested computed values of this newer resource as null or zero; the schema says only that they are computed";
const byProtocol =
  "a default that depends on the protocol or the type of load balancer, which is decided in provider code";
const whole =
  "the real provider plans a map or a nested set with one value that is not known yet as wholly unknown";

/** Why the simulated provider plans something otherwise than the real one: kind of difference to reason. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^aws_s3_bucket_lifecycle_configuration\.rule\[\]\./, framework],
  [/^aws_lb_target_group\.(stickiness|target_failover|target_group_health|target_health_state)$/, byProtocol],
  [
    /^aws_lb_target_group\.(deregistration_delay|lambda_multi_value_headers_enabled|proxy_protocol_v2|slow_start)$/,
    byProtocol,
  ],
  [
    /^aws_lb_target_group\.health_check\[\]\.(enabled|healthy_threshold|port|protocol|unhealthy_threshold)$/,
    nested,
  ],
  [/^aws_lb_listener\.default_action\[\]\.redirect\[\]\.(host|path|query)$/, nested],
  [
    /^aws_acm_certificate\.subject_alternative_names\[\]$/,
    "the provider adds the domain name itself to the alternative names",
  ],
  [
    /^aws_route53_record\.zone_id$/,
    "the parent zone was looked up in two places, each with an ID of its own",
  ],
  [/^aws_cloudwatch_metric_alarm\.dimensions(\.\w+)?$/, whole],
  [/^aws_lambda_function\.environment\[\]\.variables(\.\w+)?$/, whole],
  [/^aws_lambda_function\.vpc_config\[\]\.(security_group_ids|subnet_ids)(\[\])?$/, whole],
  [/^aws_lambda_function\.vpc_config\[\]\.ipv6_allowed_for_dual_stack$/, nested],
  [/^aws_budgets_budget\.notification\[\]\.subscriber_sns_topic_arns(\[\])?$/, whole],
  [/^aws_cloudwatch_log_metric_filter\.metric_transformation\[\]\.unit$/, nested],
  [/^aws_backup_plan\.rule\[\]\.(enable_continuous_backup|schedule_expression_timezone)$/, nested],
  [/^aws_instance\.metadata_options\[\]\.http_protocol_ipv6$/, nested],
  [/^aws_eks_cluster\.kubernetes_network_config\[\]\.elastic_load_balancing$/, nested],
  [
    /^aws_lb\.(client_keep_alive|desync_mitigation_mode|dns_record_client_routing_policy|drop_invalid_header_fields)$/,
    byProtocol,
  ],
  [/^aws_lb\.enable_(http2|tls_version_and_cipher_suite_headers|waf_fail_open|xff_client_port)$/, byProtocol],
  [/^aws_lb\.(idle_timeout|preserve_host_header|xff_header_processing_mode)$/, byProtocol],
];

/** The reason for a difference; undefined when nobody has given one. */
export function explained({ kind }: Difference): string | undefined {
  return reasons.find(([pattern]) => pattern.test(kind))?.[1];
}
