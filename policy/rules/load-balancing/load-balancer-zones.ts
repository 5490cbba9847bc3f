import { each } from "../../checks";
import type { Rule } from "../../rule";

export const loadBalancerZones: Rule = {
  id: "load-balancer-zones",
  title: "Load balancers stand in several zones",
  publicIds: ["ELB.13"],
  reason: "A zone fails now and then",
  fix: "List subnets of two zones or more",
  check: each(["aws_lb"], (balancer) => {
    const subnets = [...balancer.texts("subnets"), ...balancer.texts("subnet_mapping.subnet_id")];
    return subnets.length > 1 ? undefined : "it stands in one zone";
  }),
};
