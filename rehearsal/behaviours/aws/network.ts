import type { Attributes, Behaviour, Context } from "../../engine/behaviour";
import { textOf } from "../../engine/read-value";
import { digest } from "../../cloud/digest";
import { arn, endpointDomain } from "./arn";
import { contains, prefixLength, validateCidr } from "./cidr";
import { attributeOf } from "./lookup";
import type { Behaviours } from "./naming";
import { zoneId } from "./zones";

/** A resource of EC2: prefixed id, ARN and owner. */
export function ec2(prefix: string, kind: string, more: Behaviour = {}): Behaviour {
  return {
    ...more,
    id: prefix,
    computed: (planned, context) => ({
      arn: arn(context, "ec2", `${kind}/${context.id}`),
      owner_id: context.account,
      ...more.computed?.(planned, context),
    }),
  };
}

/** VPC, subnets, gateways, routes and endpoints. */
export const network: Behaviours = {
  aws_vpc: ec2("vpc-", "vpc", {
    validate: validateCidr("cidr_block"),
    check: checkVpcSize,
    computed: (_planned, context) => ({
      default_security_group_id: `sg-${context.hash("default security group")}`,
      default_route_table_id: `rtb-${context.hash("main route table")}`,
      main_route_table_id: `rtb-${context.hash("main route table")}`,
      default_network_acl_id: `acl-${context.hash("default network acl")}`,
      dhcp_options_id: `dopt-${context.hash("dhcp options")}`,
    }),
    also: (vpc, { id }) => [
      sideObject("aws_security_group", vpc.default_security_group_id, { name: "default", vpc_id: id }),
      sideObject("aws_route_table", vpc.default_route_table_id, { vpc_id: id }),
      sideObject("aws_network_acl", vpc.default_network_acl_id, { vpc_id: id }),
    ],
  }),
  aws_vpc_ipv4_cidr_block_association: { id: "vpc-cidr-assoc-", validate: validateCidr("cidr_block") },
  aws_subnet: ec2("subnet-", "subnet", {
    validate: validateCidr("cidr_block"),
    check: checkSubnet,
    computed: (planned, context) => ({
      availability_zone: `${context.region}a`,
      availability_zone_id: zoneId(textOf(planned.availability_zone) ?? `${context.region}a`),
      private_dns_hostname_type_on_launch: "ip-name",
    }),
  }),
  aws_internet_gateway: ec2("igw-", "internet-gateway"),
  aws_nat_gateway: {
    id: "nat-",
    computed: (planned, context) => ({
      association_id: `eipassoc-${context.hash("association")}`,
      network_interface_id: `eni-${context.hash("interface")}`,
      public_ip: attributeOf(context, "aws_eip", [planned.allocation_id, "public_ip"]),
      private_ip: addressFor(context, "10.0"),
    }),
  },
  aws_eip: ec2("eipalloc-", "elastic-ip", {
    computed: (_planned, context) => {
      const address = addressFor(context, "198.18");
      return {
        allocation_id: context.id,
        public_ip: address,
        public_dns: `ec2-${address.replaceAll(".", "-")}.compute-1.${endpointDomain(context)}`,
        domain: "vpc",
        public_ipv4_pool: "amazon",
        network_border_group: context.region,
      };
    },
  }),
  aws_route_table: ec2("rtb-", "route-table"),
  aws_default_route_table: {
    id: (planned) => textOf(planned.default_route_table_id) ?? "",
    computed: (planned, context) => ({
      arn: arn(context, "ec2", `route-table/${context.id}`),
      owner_id: context.account,
      vpc_id: attributeOf(context, "aws_route_table", [planned.default_route_table_id, "vpc_id"]),
    }),
  },
  aws_route: { id: routeId, computed: () => ({ state: "active", origin: "CreateRoute" }) },
  aws_route_table_association: { id: "rtbassoc-" },
  aws_vpc_endpoint: ec2("vpce-", "vpc-endpoint", { computed: endpointValues }),
  aws_flow_log: {
    id: "fl-",
    computed: (_planned, context) => ({ arn: arn(context, "ec2", `vpc-flow-log/${context.id}`) }),
  },
  aws_ec2_managed_prefix_list: ec2("pl-", "prefix-list", { computed: () => ({ version: 1 }) }),
};

const sideObject = (type: string, id: unknown, attributes: Attributes) => {
  const named = textOf(id) ?? "";
  return { type, id: named, attributes: { id: named, ...attributes } };
};

/** An address that depends on the object alone. */
const addressFor = (context: Context, network: string): string =>
  `${network}.${parseInt(context.hash("third octet", 2), 16)}.${parseInt(context.hash("fourth octet", 2), 16)}`;

function checkVpcSize({ cidr_block }: Attributes): string | undefined {
  const cidr = textOf(cidr_block);
  const bits = prefixLength(cidr);
  if (cidr === undefined || (bits !== undefined && bits >= 16 && bits <= 28)) return undefined;
  return `InvalidVpc.Range: The CIDR '${cidr}' is invalid (a VPC takes /16 to /28)`;
}

function checkSubnet(planned: Attributes, context: Context): string | undefined {
  const cidr = textOf(planned.cidr_block);
  if (cidr === undefined) return undefined;
  const ranges = rangesOfVpc(context, planned.vpc_id);
  if (!ranges.some((range) => contains(range, cidr))) {
    return `InvalidSubnet.Range: The CIDR '${cidr}' is invalid (the VPC has ${ranges.join(", ")})`;
  }
  const overlapping = context.cloud.list("aws_subnet").find(({ id, attributes }) => {
    const other = textOf(attributes.cidr_block);
    const sameVpc = id !== context.id && attributes.vpc_id === planned.vpc_id;
    return sameVpc && (contains(other, cidr) || contains(cidr, other));
  });
  return (
    overlapping &&
    `InvalidSubnet.Conflict: The CIDR '${cidr}' conflicts with another subnet (${overlapping.id})`
  );
}

function rangesOfVpc(context: Context, vpc: unknown): readonly string[] {
  const added = context.cloud
    .list("aws_vpc_ipv4_cidr_block_association")
    .filter(({ attributes }) => attributes.vpc_id === vpc);
  const first = attributeOf(context, "aws_vpc", [vpc, "cidr_block"]);
  return [first, ...added.map(({ attributes }) => textOf(attributes.cidr_block))].flatMap(
    (cidr) => cidr ?? [],
  );
}

/** The provider builds this id itself: the table, and a hash of the destination. */
function routeId(route: Attributes): string {
  const destinations = [
    "destination_cidr_block",
    "destination_ipv6_cidr_block",
    "destination_prefix_list_id",
  ];
  const destination =
    destinations.map((name) => textOf(route[name])).find((text) => text !== undefined) ?? "";
  return `r-${textOf(route.route_table_id) ?? ""}${digest(destination, 10)}`;
}

function endpointValues(endpoint: Attributes, context: Context): Attributes {
  const service = textOf(endpoint.service_name) ?? "";
  const isInterface = endpoint.vpc_endpoint_type === "Interface";
  const host = `${context.id}-${context.hash("host", 8)}.${service.split(".").pop() ?? ""}.${context.region}`;
  const dnsEntry = { dns_name: `${host}.vpce.${endpointDomain(context)}`, hosted_zone_id: "Z7HUB22UULQXV" };
  return {
    state: "available",
    prefix_list_id: isInterface ? "" : `pl-${digest(service, 8)}`,
    dns_entry: isInterface ? [dnsEntry] : [],
    network_interface_ids: isInterface ? [`eni-${context.hash("interface")}`] : [],
    service_region: context.region,
    policy: JSON.stringify({ Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }] }),
  };
}
