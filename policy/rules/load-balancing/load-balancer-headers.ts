import { each } from "../../checks";
import { isApplication } from "../../load-balancers";
import type { Rule } from "../../rule";

export const loadBalancerHeaders: Rule = {
  id: "load-balancer-headers",
  title: "Application load balancers drop malformed headers",
  publicIds: ["CKV_AWS_131", "AWS-0052", "ELB.4"],
  reason: "Programs behind them may read such headers differently from the firewall",
  fix: "Set drop_invalid_header_fields to true",
  check: each(["aws_lb"], (balancer) =>
    isApplication(balancer) && !balancer.is("drop_invalid_header_fields", true)
      ? "it passes malformed headers on"
      : undefined,
  ),
};
