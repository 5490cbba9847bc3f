import { each, mustHaveCompanion } from "../../checks";
import { rules } from "../../rule";
import type { Resource } from "../../../synthesis/resource";

/** Rules about how traffic leaves a VPC, and what is recorded of it. */
export const routeRules = rules({
  "vpc-flow-log": {
    title: "Every VPC records all of its traffic",
    publicIds: ["CKV2_AWS_11", "AWS-0178", "EC2.6"],
    reason: "Without a record of accepted and refused traffic, an intrusion cannot be traced",
    fix: "Add an aws_flow_log of the VPC with traffic_type ALL",
    check: mustHaveCompanion("aws_vpc", {
      by: "aws_flow_log",
      through: "vpc_id",
      where: (log) => log.is("traffic_type", "ALL"),
      without: "no flow log records all of its traffic",
    }),
  },
  "subnet-public-addresses": {
    title: "No subnet gives out public addresses",
    publicIds: ["CKV_AWS_130", "AWS-0164", "EC2.15"],
    reason:
      "Load balancers and NAT gateways bring their own addresses; an instance should never get one by accident",
    fix: "Set map_public_ip_on_launch to false",
    check: each(["aws_subnet"], (subnet) =>
      subnet.is("map_public_ip_on_launch", true) ? "instances in it get public addresses" : undefined,
    ),
  },
  "elastic-ip-attached": {
    title: "Every Elastic IP address is in use",
    publicIds: ["CKV2_AWS_19"],
    reason: "An idle address costs money, and names that point at it once it is released point at a stranger",
    fix: "Use it in a NAT gateway, a load balancer or an association, or remove it",
    check: each(["aws_eip"], (address, synthesised) =>
      address.has("instance") || address.has("network_interface") || synthesised.users(address).length > 0
        ? undefined
        : "nothing uses it",
    ),
  },
  "default-route": {
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
  },
  "service-endpoints": {
    title: "Every VPC reaches EC2, the container registry, Systems Manager and S3 without leaving it",
    publicIds: ["EC2.10", "EC2.55", "EC2.56", "EC2.57"],
    reason: "What does not cross the internet gateway can neither be watched nor be cut off there",
    fix: "Add the service to layers.vpc.interfaceEndpoints",
    check: each(["aws_vpc"], (vpc, synthesised) => {
      const names = synthesised
        .referring(vpc, "aws_vpc_endpoint", "vpc_id")
        .flatMap((found) => found.texts("service_name"));
      const missing = required.filter((service) => !names.some((name) => name.endsWith(`.${service}`)));
      return missing.length === 0 ? undefined : `it has no endpoint of ${missing.join(", ")}`;
    }),
  },
});

function isDefault(route: Resource): boolean {
  return route.is("destination_cidr_block", "0.0.0.0/0") || route.is("destination_ipv6_cidr_block", "::/0");
}

const required = ["ec2", "ecr.api", "ecr.dkr", "ssm", "s3"];
