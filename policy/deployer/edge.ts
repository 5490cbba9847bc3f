import { actions, type Rights, type RightsByType } from "../../lib/layer/rights";

/**
 * With force_destroy, as `destroy` sets it, the provider deletes a zone's records and looks whether it is signed:
 * https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/route53/zone.go
 */
const emptying = "ChangeResourceRecordSets DisableHostedZoneDNSSEC GetDNSSEC";
const zone = ["route53:::hostedzone/*"];
const balancers = "elasticloadbalancing:{region}:{account}:loadbalancer/*/{env}-*";
const applicationBalancers = "elasticloadbalancing:{region}:{account}:loadbalancer/app/{env}-*";
const webAcls = ["wafv2:{region}:{account}:regional/webacl/{env}-*"];
const ipSets = ["wafv2:{region}:{account}:regional/ipset/{env}-*"];

/**
 * What Elastic Load Balancing reads as the caller when it creates load balancers and target groups and registers targets:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-permissions.html
 * and, since November 2024, of security groups: https://github.com/kubernetes-sigs/aws-load-balancer-controller/releases/tag/v2.10.0
 */
const networkReads = actions(
  "ec2",
  `DescribeAccountAttributes DescribeAddresses DescribeInstances DescribeInternetGateways DescribeNetworkInterfaces
  DescribeSecurityGroups DescribeSubnets DescribeVpcs GetSecurityGroupsForVpc`,
);

/** AWS derives names: a listener's ARN begins with its load balancer's name. */
function balancing(resources: readonly string[], changes: string, reads: string): Rights {
  return {
    resources,
    actions: actions("elasticloadbalancing", `${changes} AddTags RemoveTags`),
    actionsOnAnyResource: [...actions("elasticloadbalancing", `${reads} DescribeTags`), ...networkReads],
    serviceLinkedRoles: ["elasticloadbalancing"],
  };
}

/** Rights for load balancers, the firewall, certificates and DNS. */
export const edgeRights: RightsByType = {
  aws_acm_certificate: {
    resources: ["acm:{region}:{account}:certificate/*"],
    actions: actions(
      "acm",
      `AddTagsToCertificate DeleteCertificate DescribeCertificate ImportCertificate
      ListTagsForCertificate RemoveTagsFromCertificate UpdateCertificateOptions`,
    ),
    actionsOnAnyResource: actions("acm", "RequestCertificate"),
  },
  aws_acm_certificate_validation: {
    resources: ["acm:{region}:{account}:certificate/*"],
    actions: actions("acm", "DescribeCertificate"),
  },
  aws_lb: balancing(
    [balancers],
    `CreateLoadBalancer DeleteLoadBalancer ModifyLoadBalancerAttributes SetIpAddressType SetSecurityGroups
    SetSubnets`,
    "DescribeCapacityReservation DescribeLoadBalancerAttributes DescribeLoadBalancers",
  ),
  aws_lb_listener: balancing(
    [balancers, "elasticloadbalancing:{region}:{account}:listener/*/{env}-*"],
    "CreateListener DeleteListener ModifyListener ModifyListenerAttributes",
    "DescribeListenerAttributes DescribeListeners",
  ),
  aws_lb_listener_rule: balancing(
    [
      "elasticloadbalancing:{region}:{account}:listener/*/{env}-*",
      "elasticloadbalancing:{region}:{account}:listener-rule/*/{env}-*",
    ],
    "CreateRule DeleteRule ModifyRule SetRulePriorities",
    "DescribeRules",
  ),
  aws_lb_target_group: balancing(
    ["elasticloadbalancing:{region}:{account}:targetgroup/{env}-*"],
    "CreateTargetGroup DeleteTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes",
    "DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth",
  ),
  aws_lb_target_group_attachment: {
    resources: ["elasticloadbalancing:{region}:{account}:targetgroup/{env}-*"],
    actions: actions("elasticloadbalancing", "DeregisterTargets RegisterTargets"),
    actionsOnAnyResource: [...actions("elasticloadbalancing", "DescribeTargetHealth"), ...networkReads],
  },
  aws_route53_hosted_zone_dnssec: {
    resources: zone,
    actions: actions("route53", "DisableHostedZoneDNSSEC EnableHostedZoneDNSSEC GetDNSSEC"),
  },
  aws_route53_key_signing_key: {
    resources: zone,
    actions: actions(
      "route53",
      "ActivateKeySigningKey CreateKeySigningKey DeactivateKeySigningKey DeleteKeySigningKey GetDNSSEC",
    ),
  },
  aws_route53_query_log: {
    resources: [...zone, "route53:::queryloggingconfig/*"],
    actions: actions("route53", "CreateQueryLoggingConfig DeleteQueryLoggingConfig GetQueryLoggingConfig"),
  },
  aws_route53_record: {
    resources: [...zone, "route53:::change/*"],
    actions: actions("route53", "ChangeResourceRecordSets GetChange GetHostedZone ListResourceRecordSets"),
  },
  aws_route53_zone: {
    resources: [...zone, "route53:::change/*", "ec2:{region}:{account}:*"],
    actions: actions(
      "route53",
      `AssociateVPCWithHostedZone ChangeTagsForResource DeleteHostedZone DisassociateVPCFromHostedZone GetChange
      GetHostedZone ListResourceRecordSets ListTagsForResource UpdateHostedZoneComment
      ${emptying}`,
    ),
    actionsOnAnyResource: [...actions("route53", "CreateHostedZone"), ...actions("ec2", "DescribeVpcs")],
  },
  aws_shield_protection: {
    resources: ["shield::{account}:protection/*"],
    actions: actions(
      "shield",
      "DeleteProtection DescribeProtection ListTagsForResource TagResource UntagResource",
    ),
    actionsOnAnyResource: [
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsshield.html
      ...actions("shield", "CreateProtection"),
      ...actions("ec2", "DescribeAddresses"),
      ...actions("elasticloadbalancing", "DescribeLoadBalancers"),
    ],
  },
  aws_shield_subscription: {
    actionsOnAnyResource: actions("shield", "CreateSubscription DescribeSubscription UpdateSubscription"),
    serviceLinkedRoles: ["shield"],
  },
  aws_wafv2_ip_set: {
    resources: ipSets,
    actions: actions(
      "wafv2",
      "CreateIPSet DeleteIPSet GetIPSet ListTagsForResource TagResource UntagResource UpdateIPSet",
    ),
  },
  aws_wafv2_web_acl: {
    // Of IP sets those that its rules refer to.
    resources: [...webAcls, ...ipSets, "wafv2:{region}:{account}:regional/managedruleset/*"],
    actions: actions(
      "wafv2",
      "CreateWebACL DeleteWebACL GetWebACL ListTagsForResource TagResource UntagResource UpdateWebACL",
    ),
  },
  aws_wafv2_web_acl_association: {
    resources: webAcls,
    actions: actions("wafv2", "GetWebACL"),
    // WAF checks the web ACL and the load balancer, and calls Elastic Load Balancing as the caller:
    // https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html#security_iam_action-AssociateWebACL
    actionsOnOtherResources: [
      {
        resources: [...webAcls, applicationBalancers],
        actions: actions("wafv2", "AssociateWebACL DisassociateWebACL GetWebACLForResource"),
      },
      {
        resources: [applicationBalancers],
        actions: actions(
          "elasticloadbalancing",
          "CreateWebACLAssociation DeleteWebACLAssociation GetLoadBalancerWebACL",
        ),
      },
    ],
    actionsOnAnyResource: actions("elasticloadbalancing", "SetWebAcl"),
  },
  aws_wafv2_web_acl_logging_configuration: {
    resources: webAcls,
    actions: actions("wafv2", "DeleteLoggingConfiguration GetLoggingConfiguration PutLoggingConfiguration"),
    // WAF sets the delivery up as the caller.
    actionsOnAnyResource: actions(
      "logs",
      `CreateLogDelivery DeleteLogDelivery DescribeLogGroups DescribeResourcePolicies GetLogDelivery
      ListLogDeliveries PutResourcePolicy UpdateLogDelivery`,
    ),
    serviceLinkedRoles: ["wafv2"],
  },
};
