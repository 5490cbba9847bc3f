import { each } from "../../checks";
import { isApplication } from "../../load-balancers";
import type { Rule } from "../../rule";

export const loadBalancerFirewall: Rule = {
  id: "load-balancer-firewall",
  title: "Every application load balancer is behind the web application firewall",
  publicIds: ["CKV2_AWS_28", "ELB.16"],
  reason: "Known attacks would reach the programs",
  fix: "Add an aws_wafv2_web_acl_association",
  check: each(["aws_lb"], (balancer, document) =>
    !isApplication(balancer) ||
    document.referring(balancer, "aws_wafv2_web_acl_association", "resource_arn").length > 0
      ? undefined
      : "no web ACL guards it",
  ),
};
