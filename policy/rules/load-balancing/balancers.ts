import { each, mustBe } from "../../checks";
import { rules } from "../../rule";
import type { Resource } from "../../../synthesis/resource";

/** Rules about load balancers. */
export const loadBalancerRules = rules({
  "load-balancer-headers": {
    title: "Application load balancers drop malformed headers",
    publicIds: ["CKV_AWS_131", "AWS-0052", "ELB.4"],
    reason: "Targets may interpret such headers differently from the firewall",
    fix: "Set drop_invalid_header_fields to true",
    check: each(["aws_lb"], (balancer) =>
      isApplication(balancer) && !balancer.is("drop_invalid_header_fields", true)
        ? "it forwards malformed headers"
        : undefined,
    ),
  },
  "load-balancer-access-log": {
    title: "Load balancers write access logs",
    publicIds: ["CKV_AWS_91", "ELB.5"],
    reason: "They are the only record of requests that did not reach a target",
    fix: "Add access_logs with a bucket and enabled true",
    check: each(["aws_lb"], (balancer) =>
      balancer.has("access_logs.bucket") && balancer.is("access_logs.enabled", true)
        ? undefined
        : "its access logs are disabled",
    ),
  },
  "load-balancer-protection": {
    title: "Load balancers have deletion protection",
    publicIds: ["CKV_AWS_150", "ELB.6"],
    reason: "A new one has new addresses, which edge nodes and firewalls do not know",
    fix: "Set enable_deletion_protection to true",
    check: mustBe("aws_lb", "enable_deletion_protection", true),
  },
  "load-balancer-desync": {
    title: "Application load balancers reject ambiguous requests",
    publicIds: ["CKV_AWS_328", "ELB.12"],
    reason: "Such requests can smuggle others past the firewall",
    fix: 'Set desync_mitigation_mode to "defensive" or "strictest"',
    check: each(["aws_lb"], (balancer) =>
      isApplication(balancer) && !balancer.is("desync_mitigation_mode", "defensive", "strictest")
        ? "it forwards ambiguous requests"
        : undefined,
    ),
  },
  "load-balancer-zones": {
    title: "Load balancers are in at least two Availability Zones",
    publicIds: ["ELB.13"],
    reason: "An Availability Zone can fail",
    fix: "List subnets of at least two Availability Zones",
    check: each(["aws_lb"], (balancer) => {
      const subnets = [...balancer.texts("subnets"), ...balancer.texts("subnet_mapping.subnet_id")];
      return subnets.length > 1 ? undefined : "it is in one Availability Zone";
    }),
  },
  "load-balancer-security-group": {
    title: "Every load balancer has a security group",
    publicIds: [],
    reason: "A network load balancer that is created without one can never get one",
    fix: "Set security_groups",
    check: each(["aws_lb"], (balancer) =>
      balancer.has("security_groups") ? undefined : "it has no security group",
    ),
  },
  "load-balancer-internal": {
    title: "No load balancer is internet-facing",
    publicIds: ["AWS-0053"],
    reason: "Every host on the internet can attack an internet-facing load balancer",
    fix: 'Set layers.lb-waf.scheme to "internal", or record an exception',
    check: mustBe("aws_lb", "internal", true),
  },
  "load-balancer-cross-zone": {
    title: "Cross-zone load balancing of network load balancers is enabled",
    publicIds: ["CKV_AWS_152"],
    reason: "Otherwise clients in a zone without healthy targets get no answer",
    fix: "Set enable_cross_zone_load_balancing to true",
    check: each(["aws_lb"], (balancer) =>
      isApplication(balancer) || balancer.is("enable_cross_zone_load_balancing", true)
        ? undefined
        : "cross-zone load balancing is disabled",
    ),
  },
  "load-balancer-firewall": {
    title: "Every application load balancer has a web ACL",
    publicIds: ["CKV2_AWS_28", "ELB.16"],
    reason: "Without one, known attacks reach the targets",
    fix: "Add an aws_wafv2_web_acl_association",
    check: each(["aws_lb"], (balancer, synthesised) =>
      !isApplication(balancer) ||
      synthesised.referring(balancer, "aws_wafv2_web_acl_association", "resource_arn").length > 0
        ? undefined
        : "no web ACL is associated with it",
    ),
  },
  "load-balancer-anonymous-clients": {
    title:
      "Web ACLs of internet-facing load balancers block attacks on Log4j and clients that hide their address",
    publicIds: ["CKV2_AWS_76"],
    reason: "Most of those who search for vulnerabilities hide their address",
    fix: "Add AWSManagedRulesKnownBadInputsRuleSet and AWSManagedRulesAnonymousIpList, or record an exception where clients use VPNs or hosting providers",
    check: each(["aws_lb"], (balancer, synthesised) => {
      const acls = synthesised
        .referring(balancer, "aws_wafv2_web_acl_association", "resource_arn")
        .flatMap((association) => synthesised.targets(association, "web_acl_arn"));
      const lacks = (acl: Resource) =>
        ["AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesAnonymousIpList"].some(
          (group) => !acl.texts("rule.statement.managed_rule_group_statement.name").includes(group),
        );
      return !balancer.is("internal", true) && acls.some(lacks)
        ? "its web ACL does not block clients that hide their address"
        : undefined;
    }),
  },
});

/** Whether a load balancer is an application load balancer, the default of AWS. */
function isApplication(balancer: Resource): boolean {
  return !balancer.has("load_balancer_type") || balancer.is("load_balancer_type", "application");
}
