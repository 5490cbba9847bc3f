import { mustBe } from "../../checks";
import type { Rule } from "../../rule";

export const loadBalancerInternal: Rule = {
  id: "load-balancer-internal",
  title: "No load balancer faces the internet",
  publicIds: ["AWS-0053"],
  reason: "What the whole internet reaches, the whole internet attacks",
  fix: 'Set layers.lb-waf.scheme to "internal", or record an exception',
  check: mustBe("aws_lb", "internal", true),
};
