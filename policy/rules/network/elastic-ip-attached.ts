import { each } from "../../checks";
import type { Rule } from "../../rule";

export const elasticIpAttached: Rule = {
  id: "elastic-ip-attached",
  title: "Every Elastic IP address is in use",
  publicIds: ["CKV2_AWS_19"],
  reason: "An idle address costs money, and names that point at it once it is released point at a stranger",
  fix: "Use it in a NAT gateway, a load balancer or an association, or remove it",
  check: each(["aws_eip"], (address, document) =>
    address.has("instance") || address.has("network_interface") || document.users(address).length > 0
      ? undefined
      : "nothing uses it",
  ),
};
