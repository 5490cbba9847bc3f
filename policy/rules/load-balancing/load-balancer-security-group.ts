import { each } from "../../checks";
import type { Rule } from "../../rule";

export const loadBalancerSecurityGroup: Rule = {
  id: "load-balancer-security-group",
  title: "Every load balancer has a security group",
  publicIds: [],
  reason: "A network load balancer that is made without one can never get one",
  fix: "Set security_groups",
  check: each(["aws_lb"], (balancer) =>
    balancer.has("security_groups") ? undefined : "it has no security group",
  ),
};
