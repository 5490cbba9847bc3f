import { each } from "../../checks";
import type { Rule } from "../../rule";

export const subnetPublicAddresses: Rule = {
  id: "subnet-public-addresses",
  title: "No subnet gives out public addresses",
  publicIds: ["CKV_AWS_130", "AWS-0164", "EC2.15"],
  reason:
    "Load balancers and NAT gateways bring their own addresses; an instance should never get one by accident",
  fix: "Set map_public_ip_on_launch to false",
  check: each(["aws_subnet"], (subnet) =>
    subnet.is("map_public_ip_on_launch", true) ? "instances in it get public addresses" : undefined,
  ),
};
