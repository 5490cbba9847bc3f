import { each, mustBe } from "../../checks";
import { rules } from "../../rule";
import type { Resource } from "../../../synthesis/resource";

/** Rules about load balancers. */
export const loadBalancerRules = rules({
  "load-balancer-headers": {
    title: "Application load balancers drop malformed headers",
    publicIds: ["CKV_AWS_131", "AWS-0052", "ELB.4"],
    reason: "Programs behind them may read such headers differently from the firewall",
    fix: "Set drop_invalid_header_fields to true",
    check: each(["aws_lb"], (balancer) =>
      isApplication(balancer) && !balancer.is("drop_invalid_header_fields", true)
        ? "it passes malformed headers on"
        : undefined,
    ),
  },
  "load-balancer-access-log": {
    title: "Load balancers keep record of every request",
    publicIds: ["CKV_AWS_91", "ELB.5"],
    reason: "It is the only trace of requests that never reached a program",
    fix: "Add access_logs with a bucket and enabled true",
    check: each(["aws_lb"], (balancer, synthesised) => {
      // Network load balancers record TLS listeners only; where TLS ends elsewhere, flow logs stand in.
      const endsTls = synthesised
        .referring(balancer, "aws_lb_listener", "load_balancer_arn")
        .some((found) => found.is("protocol", "TLS"));
      if (!isApplication(balancer) && !endsTls) return undefined;
      return balancer.has("access_logs.bucket") && balancer.is("access_logs.enabled", true)
        ? undefined
        : "its requests are not recorded";
    }),
  },
  "load-balancer-protection": {
    title: "Load balancers cannot be deleted by mistake",
    publicIds: ["CKV_AWS_150", "ELB.6"],
    reason: "A new one has new addresses, which edge nodes and firewalls do not know",
    fix: "Set enable_deletion_protection to true",
    check: mustBe("aws_lb", "enable_deletion_protection", true),
  },
  "load-balancer-desync": {
    title: "Application load balancers refuse requests that could be read in two ways",
    publicIds: ["CKV_AWS_328", "ELB.12"],
    reason: "Such requests smuggle others past the firewall",
    fix: 'Set desync_mitigation_mode to "defensive" or "strictest"',
    check: each(["aws_lb"], (balancer) =>
      isApplication(balancer) && !balancer.is("desync_mitigation_mode", "defensive", "strictest")
        ? "it passes ambiguous requests on"
        : undefined,
    ),
  },
  "load-balancer-zones": {
    title: "Load balancers stand in several zones",
    publicIds: ["ELB.13"],
    reason: "A zone fails now and then",
    fix: "List subnets of two zones or more",
    check: each(["aws_lb"], (balancer) => {
      const subnets = [...balancer.texts("subnets"), ...balancer.texts("subnet_mapping.subnet_id")];
      return subnets.length > 1 ? undefined : "it stands in one zone";
    }),
  },
  "load-balancer-security-group": {
    title: "Every load balancer has a security group",
    publicIds: [],
    reason: "A network load balancer that is made without one can never get one",
    fix: "Set security_groups",
    check: each(["aws_lb"], (balancer) =>
      balancer.has("security_groups") ? undefined : "it has no security group",
    ),
  },
  "load-balancer-internal": {
    title: "No load balancer faces the internet",
    publicIds: ["AWS-0053"],
    reason: "What the whole internet reaches, the whole internet attacks",
    fix: 'Set layers.lb-waf.scheme to "internal", or record an exception',
    check: mustBe("aws_lb", "internal", true),
  },
  "load-balancer-cross-zone": {
    title: "Network load balancers use the targets of every zone",
    publicIds: ["CKV_AWS_152"],
    reason: "Otherwise clients of a zone whose targets are gone get no answer",
    fix: "Set enable_cross_zone_load_balancing to true",
    check: each(["aws_lb"], (balancer) =>
      isApplication(balancer) || balancer.is("enable_cross_zone_load_balancing", true)
        ? undefined
        : "each zone is on its own",
    ),
  },
  "load-balancer-firewall": {
    title: "Every application load balancer is behind the web application firewall",
    publicIds: ["CKV2_AWS_28", "ELB.16"],
    reason: "Known attacks would reach the programs",
    fix: "Add an aws_wafv2_web_acl_association",
    check: each(["aws_lb"], (balancer, synthesised) =>
      !isApplication(balancer) ||
      synthesised.referring(balancer, "aws_wafv2_web_acl_association", "resource_arn").length > 0
        ? undefined
        : "no web ACL guards it",
    ),
  },
});

/** Whether a load balancer understands HTTP, which is what AWS makes unless told otherwise. */
function isApplication(balancer: Resource): boolean {
  return !balancer.has("load_balancer_type") || balancer.is("load_balancer_type", "application");
}
