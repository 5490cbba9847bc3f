/**
 * The types whose objects AWS gives an ID that no name tells, by the part of the ARN before that ID.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const taggedTypes: readonly (readonly [arn: RegExp, type: string, knownBy: "id" | "arn"])[] = [
  [/:acm:[^:]*:\d+:certificate\//, "aws_acm_certificate", "arn"],
  [/:backup:[^:]*:\d+:backup-plan:/, "aws_backup_plan", "id"],
  [/:ec2:[^:]*:\d+:elastic-ip\//, "aws_eip", "id"],
  [/:ec2:[^:]*:\d+:instance\//, "aws_instance", "id"],
  [/:ec2:[^:]*:\d+:internet-gateway\//, "aws_internet_gateway", "id"],
  [/:ec2:[^:]*:\d+:launch-template\//, "aws_launch_template", "id"],
  [/:ec2:[^:]*:\d+:natgateway\//, "aws_nat_gateway", "id"],
  [/:ec2:[^:]*:\d+:route-table\//, "aws_route_table", "id"],
  [/:ec2:[^:]*:\d+:security-group\//, "aws_security_group", "id"],
  [/:ec2:[^:]*:\d+:subnet\//, "aws_subnet", "id"],
  [/:ec2:[^:]*:\d+:vpc\//, "aws_vpc", "id"],
  [/:ec2:[^:]*:\d+:vpc-endpoint\//, "aws_vpc_endpoint", "id"],
  [/:ec2:[^:]*:\d+:vpc-flow-log\//, "aws_flow_log", "id"],
  [/:elasticfilesystem:[^:]*:\d+:access-point\//, "aws_efs_access_point", "id"],
  [/:elasticfilesystem:[^:]*:\d+:file-system\//, "aws_efs_file_system", "id"],
  [/:elasticloadbalancing:[^:]*:\d+:loadbalancer\//, "aws_lb", "arn"],
  [/:elasticloadbalancing:[^:]*:\d+:targetgroup\//, "aws_lb_target_group", "arn"],
  [/:kms:[^:]*:\d+:key\//, "aws_kms_key", "id"],
  [/:route53:::hostedzone\//, "aws_route53_zone", "id"],
  [/:secretsmanager:[^:]*:\d+:secret:/, "aws_secretsmanager_secret", "arn"],
  [/:wafv2:[^:]*:\d+:(?:regional|global)\/ipset\/[^/]+\//, "aws_wafv2_ip_set", "id"],
  [/:wafv2:[^:]*:\d+:(?:regional|global)\/webacl\/[^/]+\//, "aws_wafv2_web_acl", "id"],
];
