import { each } from "../../checks";
import { isApplication } from "../../load-balancers";
import type { Rule } from "../../rule";

export const loadBalancerDesync: Rule = {
  id: "load-balancer-desync",
  title: "Application load balancers refuse requests that could be read in two ways",
  publicIds: ["CKV_AWS_328", "ELB.12"],
  reason: "Such requests smuggle others past the firewall",
  fix: 'Set desync_mitigation_mode to "defensive" or "strictest"',
  check: each(["aws_lb"], (balancer) =>
    isApplication(balancer) && !balancer.is("desync_mitigation_mode", "defensive", "strictest")
      ? "it passes ambiguous requests on"
      : undefined,
  ),
};
