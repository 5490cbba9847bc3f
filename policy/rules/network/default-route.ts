import { each } from "../../checks";
import type { Resource } from "../../../synthesis/resource";
import type { Rule } from "../../rule";

export const defaultRoute: Rule = {
  id: "default-route",
  title: "Every default route leads to a gateway, never to an instance",
  publicIds: ["CKV2_AWS_35"],
  reason: "A NAT instance is a machine to patch, and a single one to lose",
  fix: "Set nat_gateway_id or gateway_id",
  check: each(["aws_route"], (route) =>
    isDefault(route) &&
    !route.has("nat_gateway_id") &&
    !route.has("gateway_id") &&
    !route.has("egress_only_gateway_id")
      ? "it leads to no gateway"
      : undefined,
  ),
};

function isDefault(route: Resource): boolean {
  return route.is("destination_cidr_block", "0.0.0.0/0") || route.is("destination_ipv6_cidr_block", "::/0");
}
