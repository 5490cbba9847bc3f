import { allPages, awsCall } from "../layer/aws-call";
import { type NaturalKey, naturalKey, type NaturalKeyByType } from "../layer/natural-key";

/**
 * What AWS refuses to create twice though it has no name, and by which values: `InvalidPermission.Duplicate`,
 * `DuplicateListener`, `PriorityInUse`, `MountTargetConflict`, `ResourceInUseException`, `QueryLoggingConfigAlreadyExists`,
 * `InvalidVpc.Range` and others, by the API reference of each service.
 */
export const naturalKeys: NaturalKeyByType = {
  aws_backup_selection: naturalKey({
    arguments: ["plan_id", "name"],
    action: "backup:ListBackupSelections",
    call: (value) =>
      allPages(
        awsCall("backup", "ListBackupSelections", { BackupPlanId: value("plan_id") }),
        "BackupSelectionsList",
      ),
    items: ({ BackupSelectionsList }) => BackupSelectionsList,
    id: ({ SelectionId }) => SelectionId,
    values: ({ SelectionName }) => ({ name: SelectionName }),
  }),
  aws_efs_mount_target: naturalKey({
    arguments: ["file_system_id", "subnet_id"],
    action: "elasticfilesystem:DescribeMountTargets",
    call: (value) =>
      allPages(
        awsCall("efs", "DescribeMountTargets", { FileSystemId: value("file_system_id") }),
        "MountTargets",
      ),
    items: ({ MountTargets }) => MountTargets,
    id: ({ MountTargetId }) => MountTargetId,
    values: ({ SubnetId }) => ({ subnet_id: SubnetId }),
  }),
  aws_eks_pod_identity_association: naturalKey({
    arguments: ["cluster_name", "namespace", "service_account"],
    action: "eks:ListPodIdentityAssociations",
    call: (value) =>
      allPages(
        awsCall("eks", "ListPodIdentityAssociations", {
          clusterName: value("cluster_name"),
          namespace: value("namespace"),
          serviceAccount: value("service_account"),
        }),
        "associations",
      ),
    items: ({ associations }) => associations,
    id: ({ associationId }) => associationId,
  }),
  aws_lb_listener: naturalKey({
    arguments: ["load_balancer_arn", "port"],
    action: "elasticloadbalancing:DescribeListeners",
    call: (value) =>
      allPages(
        awsCall("elastic-load-balancing-v2", "DescribeListeners", {
          LoadBalancerArn: value("load_balancer_arn"),
        }),
        "Listeners",
      ),
    items: ({ Listeners }) => Listeners,
    id: ({ ListenerArn }) => ListenerArn,
    values: ({ Port }) => ({ port: Port }),
  }),
  aws_lb_listener_rule: naturalKey({
    arguments: ["listener_arn", "priority"],
    action: "elasticloadbalancing:DescribeRules",
    call: (value) =>
      allPages(
        awsCall("elastic-load-balancing-v2", "DescribeRules", { ListenerArn: value("listener_arn") }),
        "Rules",
      ),
    items: ({ Rules }) => Rules,
    id: ({ RuleArn }) => RuleArn,
    values: ({ Priority }) => ({ priority: Priority }),
  }),
  aws_route53_query_log: naturalKey({
    arguments: ["zone_id"],
    action: "route53:ListQueryLoggingConfigs",
    call: (value) =>
      allPages(
        awsCall("route-53", "ListQueryLoggingConfigs", { HostedZoneId: value("zone_id") }),
        "QueryLoggingConfigs",
      ),
    items: ({ QueryLoggingConfigs }) => QueryLoggingConfigs,
    id: ({ Id }) => Id,
  }),
  aws_shield_protection: {
    arguments: ["resource_arn"],
    action: "shield:DescribeProtection",
    ask: ({ resource_arn }) => ({
      arguments: ["shield", "describe-protection", "--resource-arn", String(resource_arn)],
    }),
    ids: (answer) => {
      const { Protection } = Object(answer) as { readonly Protection?: { readonly Id?: string } };
      return Protection?.Id === undefined ? [] : [Protection.Id];
    },
  },
  aws_vpc_ipv4_cidr_block_association: naturalKey({
    arguments: ["vpc_id", "cidr_block"],
    action: "ec2:DescribeVpcs",
    call: (value) => awsCall("ec2", "DescribeVpcs", { VpcIds: [value("vpc_id")] }),
    items: ({ Vpcs }) => Vpcs?.flatMap(({ CidrBlockAssociationSet = [] }) => CidrBlockAssociationSet),
    id: ({ AssociationId, CidrBlockState }) =>
      CidrBlockState?.State === "disassociated" ? undefined : AssociationId,
    values: ({ CidrBlock }) => ({ cidr_block: CidrBlock }),
  }),
  aws_vpc_security_group_egress_rule: securityGroupRule(true),
  aws_vpc_security_group_ingress_rule: securityGroupRule(false),
};

function securityGroupRule(isEgress: boolean): NaturalKey {
  const sources = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];
  return naturalKey({
    arguments: ["security_group_id", "ip_protocol", "from_port", "to_port", ...sources],
    action: "ec2:DescribeSecurityGroupRules",
    call: (value) =>
      allPages(
        awsCall("ec2", "DescribeSecurityGroupRules", {
          Filters: [{ Name: "group-id", Values: [value("security_group_id")] }],
        }),
        "SecurityGroupRules",
      ),
    items: ({ SecurityGroupRules }) => SecurityGroupRules?.filter(({ IsEgress }) => IsEgress === isEgress),
    id: ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
    values: (rule) => ({
      ip_protocol: rule.IpProtocol,
      // AWS says -1 for all ports, and Terraform nothing.
      ...(rule.IpProtocol === "-1" ? {} : { from_port: rule.FromPort, to_port: rule.ToPort }),
      cidr_ipv4: rule.CidrIpv4,
      cidr_ipv6: rule.CidrIpv6,
      prefix_list_id: rule.PrefixListId,
      referenced_security_group_id: rule.ReferencedGroupInfo?.GroupId,
    }),
  });
}
