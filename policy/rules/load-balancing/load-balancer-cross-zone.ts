import { each } from "../../checks";
import { isApplication } from "../../load-balancers";
import type { Rule } from "../../rule";

export const loadBalancerCrossZone: Rule = {
  id: "load-balancer-cross-zone",
  title: "Network load balancers use the targets of every zone",
  publicIds: ["CKV_AWS_152"],
  reason: "Otherwise clients of a zone whose targets are gone get no answer",
  fix: "Set enable_cross_zone_load_balancing to true",
  check: each(["aws_lb"], (balancer) =>
    isApplication(balancer) || balancer.is("enable_cross_zone_load_balancing", true)
      ? undefined
      : "each zone is on its own",
  ),
};
