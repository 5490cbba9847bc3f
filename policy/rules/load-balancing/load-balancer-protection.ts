import { mustBe } from "../../checks";
import type { Rule } from "../../rule";

export const loadBalancerProtection: Rule = {
  id: "load-balancer-protection",
  title: "Load balancers cannot be deleted by mistake",
  publicIds: ["CKV_AWS_150", "ELB.6"],
  reason: "A new one has new addresses, which edge nodes and firewalls do not know",
  fix: "Set enable_deletion_protection to true",
  check: mustBe("aws_lb", "enable_deletion_protection", true),
};
