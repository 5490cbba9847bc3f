import { each, mustHaveCompanion } from "../../checks";
import { rules } from "../../rule";
import type { Resource } from "../../../synthesis/resource";

/** Rules about how traffic leaves a VPC, and what is recorded of it. */
export const routeRules = rules({
  "vpc-flow-log": {
    title: "Every VPC has a flow log of all traffic",
    publicIds: ["CKV2_AWS_11", "AWS-0178", "EC2.6"],
    reason: "Without a record of accepted and rejected traffic, an intrusion cannot be traced",
    fix: "Add an aws_flow_log of the VPC with traffic_type ALL",
    check: mustHaveCompanion("aws_vpc", {
      by: "aws_flow_log",
      through: "vpc_id",
      where: (log) => log.is("traffic_type", "ALL"),
      without: "it has no flow log of all traffic",
    }),
  },
  "subnet-public-addresses": {
    title: "No subnet assigns public addresses",
    publicIds: ["CKV_AWS_130", "AWS-0164", "EC2.15"],
    reason:
      "Load balancers and NAT gateways have their own addresses; an instance must not get one by mistake",
    fix: "Set map_public_ip_on_launch to false",
    check: each(["aws_subnet"], (subnet) =>
      subnet.is("map_public_ip_on_launch", true) ? "instances in it get public addresses" : undefined,
    ),
  },
  "elastic-ip-attached": {
    title: "Every Elastic IP address is in use",
    publicIds: ["CKV2_AWS_19"],
    reason:
      "An unused address costs money, and after its release a record that points to it points to another customer",
    fix: "Use it in a NAT gateway, a load balancer or an association, or remove it",
    check: each(["aws_eip"], (address, synthesised) =>
      address.has("instance") || address.has("network_interface") || synthesised.users(address).length > 0
        ? undefined
        : "it is not in use",
    ),
  },
  "default-route": {
    title: "Every default route targets a gateway, not an instance",
    publicIds: ["CKV2_AWS_35"],
    reason: "A NAT instance must be patched, and is a single point of failure",
    fix: "Set nat_gateway_id or gateway_id",
    check: each(["aws_route"], (route) =>
      isDefault(route) &&
      !route.has("nat_gateway_id") &&
      !route.has("gateway_id") &&
      !route.has("egress_only_gateway_id")
        ? "it targets no gateway"
        : undefined,
    ),
  },
  "service-endpoints": {
    title: "Every VPC has endpoints for EC2, ECR, Systems Manager and S3",
    publicIds: ["EC2.10", "EC2.55", "EC2.56", "EC2.57"],
    reason: "Traffic through endpoints can be neither observed nor interrupted at the internet gateway",
    fix: "Add the service to layers.network-operations.interfaceEndpoints",
    check: each(["aws_vpc"], (vpc, synthesised) => {
      const names = synthesised
        .referring(vpc, "aws_vpc_endpoint", "vpc_id")
        .flatMap((found) => found.texts("service_name"));
      const missing = required.filter((service) => !names.some((name) => name.endsWith(`.${service}`)));
      return missing.length === 0 ? undefined : `it has no endpoint for ${missing.join(", ")}`;
    }),
  },
});

function isDefault(route: Resource): boolean {
  return route.is("destination_cidr_block", "0.0.0.0/0") || route.is("destination_ipv6_cidr_block", "::/0");
}

const required = ["ec2", "ecr.api", "ecr.dkr", "ssm", "s3"];
