import { actions, type Rights, type RightsByType } from "../../lib/layer/rights";

const zone = ["route53:::hostedzone/*"];
const balancers = "elasticloadbalancing:{region}:{account}:loadbalancer/*/{env}-*";
const webAcls = ["wafv2:{region}:{account}:regional/webacl/{env}-*"];

/** AWS derives names: a listener's ARN begins with its load balancer's name. */
function balancing(on: readonly string[], changes: string, reads: string): Rights {
  return {
    on,
    actions: actions("elasticloadbalancing", `${changes} AddTags RemoveTags`),
    anywhere: actions("elasticloadbalancing", `${reads} DescribeTags`),
  };
}

/** Rights for load balancers, the firewall, certificates and DNS. */
export const edgeRights: RightsByType = {
  aws_acm_certificate: {
    on: ["acm:{region}:{account}:certificate/*"],
    actions: actions(
      "acm",
      `AddTagsToCertificate DeleteCertificate DescribeCertificate GetCertificate ImportCertificate
      ListTagsForCertificate RemoveTagsFromCertificate UpdateCertificateOptions`,
    ),
    anywhere: actions("acm", "RequestCertificate"),
  },
  aws_acm_certificate_validation: {
    on: ["acm:{region}:{account}:certificate/*"],
    actions: actions("acm", "DescribeCertificate"),
  },
  aws_lb: {
    ...balancing(
      [balancers],
      `CreateLoadBalancer DeleteLoadBalancer ModifyLoadBalancerAttributes SetIpAddressType SetSecurityGroups
      SetSubnets`,
      "DescribeCapacityReservation DescribeLoadBalancerAttributes DescribeLoadBalancers",
    ),
    linkedRoles: ["elasticloadbalancing"],
  },
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
    on: ["elasticloadbalancing:{region}:{account}:targetgroup/{env}-*"],
    actions: actions("elasticloadbalancing", "DeregisterTargets RegisterTargets"),
    anywhere: actions("elasticloadbalancing", "DescribeTargetHealth"),
  },
  aws_route53_hosted_zone_dnssec: {
    on: zone,
    actions: actions("route53", "DisableHostedZoneDNSSEC EnableHostedZoneDNSSEC GetDNSSEC"),
  },
  aws_route53_key_signing_key: {
    on: zone,
    actions: actions(
      "route53",
      "ActivateKeySigningKey CreateKeySigningKey DeactivateKeySigningKey DeleteKeySigningKey GetDNSSEC",
    ),
  },
  aws_route53_query_log: {
    on: [...zone, "route53:::queryloggingconfig/*"],
    actions: actions("route53", "CreateQueryLoggingConfig DeleteQueryLoggingConfig GetQueryLoggingConfig"),
  },
  aws_route53_record: {
    on: [...zone, "route53:::change/*"],
    actions: actions("route53", "ChangeResourceRecordSets GetChange GetHostedZone ListResourceRecordSets"),
  },
  aws_route53_zone: {
    on: [...zone, "route53:::change/*", "ec2:{region}:{account}:*"],
    actions: actions(
      "route53",
      `AssociateVPCWithHostedZone ChangeTagsForResource DeleteHostedZone DisassociateVPCFromHostedZone GetChange
      GetHostedZone ListResourceRecordSets ListTagsForResource UpdateHostedZoneComment`,
    ),
    anywhere: [...actions("route53", "CreateHostedZone"), ...actions("ec2", "DescribeVpcs")],
  },
  aws_shield_protection: {
    on: ["shield::{account}:protection/*", balancers, "ec2:{region}:{account}:*"],
    actions: actions(
      "shield",
      "CreateProtection DeleteProtection DescribeProtection ListTagsForResource TagResource UntagResource",
    ),
    anywhere: [
      ...actions("ec2", "DescribeAddresses"),
      ...actions("elasticloadbalancing", "DescribeLoadBalancers"),
    ],
  },
  aws_shield_subscription: {
    anywhere: actions("shield", "CreateSubscription DescribeSubscription UpdateSubscription"),
    linkedRoles: ["shield"],
  },
  aws_wafv2_web_acl: {
    on: [...webAcls, "wafv2:{region}:{account}:regional/managedruleset/*"],
    actions: actions(
      "wafv2",
      "CreateWebACL DeleteWebACL GetWebACL ListTagsForResource TagResource UntagResource UpdateWebACL",
    ),
    anywhere: actions("wafv2", "ListWebACLs"),
  },
  aws_wafv2_web_acl_association: {
    on: [...webAcls, "elasticloadbalancing:{region}:{account}:loadbalancer/app/{env}-*"],
    actions: actions("wafv2", "AssociateWebACL DisassociateWebACL GetWebACL GetWebACLForResource"),
    anywhere: actions("elasticloadbalancing", "SetWebAcl"),
  },
  aws_wafv2_web_acl_logging_configuration: {
    on: webAcls,
    actions: actions("wafv2", "DeleteLoggingConfiguration GetLoggingConfiguration PutLoggingConfiguration"),
    // WAF sets the delivery up as the caller.
    anywhere: actions(
      "logs",
      `CreateLogDelivery DeleteLogDelivery DescribeLogGroups DescribeResourcePolicies GetLogDelivery
      ListLogDeliveries PutResourcePolicy`,
    ),
    linkedRoles: ["wafv2"],
  },
};
